#!/bin/sh
# Stands for Tesseract in the tests: gives the words that Tesseract 5.3 (chi_sim, and eng for figures) gave for the same
# list of pictures of tests/data/formats/pdf-scan.pdf. Usage: recognise.sh text|figures LIST
n=$(wc -l <"$2" | tr -d ' ')
exec cat "$(dirname "$0")/$1-$n.tsv"
