//! Likeness of narratives: signatures that tell the share of text which two reports have in common.
//!
//! Owns one-permutation MinHash over shingles of five Chinese characters (P. Li, A. Owen, C.-H. Zhang, One Permutation
//! Hashing, 2012; densified as A. Shrivastava, 2017, proposes) and the search for near-duplicates by bands. The crates
//! that do MinHash hash every shingle once per permutation, which for a report of 15,000 characters costs more than
//! reading it; this hashes each shingle once. Refuses figures, punctuation and Latin: a copied text with new numbers
//! is a copy.

use std::collections::HashMap;

use foldhash::fast::FixedState;

/// Bins of a signature: the share is told to within 3 in 100.
pub const BINS: usize = 128;
/// Bins per band: texts that share nine tenths meet in some band nearly always, texts that share half rarely.
const BAND: usize = 8;
/// Characters of a shingle.
const SHINGLE: u32 = 5;
/// Earlier texts of one band that a text is compared with: templates are shared by thousands.
const MOST: usize = 16;

/// The signature of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signature(pub [u16; BINS]);

impl Signature {
    /// The signature of a text in parts; `None` when it has fewer than `least` Chinese characters.
    pub fn of<'t>(parts: impl Iterator<Item = &'t str>, least: usize) -> Option<Self> {
        let mut bins = [u64::MAX; BINS];
        let mut characters = 0_usize;
        for part in parts {
            let mut window = 0_u64;
            let mut filled = 0_u32;
            let mut rest = part.as_bytes();
            // Chinese characters are three bytes, E4 to E9 in front. Twelve bits of each are enough to tell five apart.
            while let Some((first, after)) = rest.split_first() {
                rest = after;
                let (0xE4..=0xE9, [second, third, behind @ ..]) = (*first, after) else { continue };
                rest = behind;
                characters += 1;
                let low = u64::from(second & 0x3F) << 6 | u64::from(third & 0x3F);
                window = (window << 12 | low) & ((1 << (12 * SHINGLE)) - 1);
                filled += 1;
                if filled < SHINGLE {
                    continue;
                }
                let mixed = window.wrapping_mul(0xff51_afd7_ed55_8ccd);
                let mixed = (mixed ^ mixed >> 32).wrapping_mul(0xc4ce_b9fe_1a85_ec53);
                let bin = &mut bins[(mixed >> 57) as usize];
                *bin = (*bin).min(mixed & ((1 << 57) - 1));
            }
        }
        if characters < least.max(1) {
            return None;
        }
        densify(&bins).map(Self)
    }

    /// The share of shingles that two texts have in common (Jaccard), estimated.
    #[must_use]
    pub fn share(&self, other: &Self) -> f64 {
        self.0.iter().zip(&other.0).filter(|(a, b)| a == b).count() as f64 / BINS as f64
    }
}

/// Finaliser of MurmurHash3.
const fn mix(mut x: u64) -> u64 {
    x ^= x >> 33;
    x = x.wrapping_mul(0xff51_afd7_ed55_8ccd);
    x ^= x >> 33;
    x = x.wrapping_mul(0xc4ce_b9fe_1a85_ec53);
    x ^ (x >> 33)
}

/// Empty bins take the value of one that a fixed sequence of their own leads to; `None` when all are empty.
fn densify(bins: &[u64; BINS]) -> Option<[u16; BINS]> {
    if bins.iter().all(|b| *b == u64::MAX) {
        return None;
    }
    let mut out = [0_u16; BINS];
    for (i, slot) in out.iter_mut().enumerate() {
        let mut from = i;
        let mut attempt = 0_u64;
        while bins[from] == u64::MAX {
            attempt += 1;
            from = (mix((i as u64) << 32 | attempt) as usize) % BINS;
        }
        *slot = (mix(bins[from] ^ attempt) & 0xFFFF) as u16;
    }
    Some(out)
}

/// For each text the likest other one that shares at least `least` with it, and how much. `body` says whose text it is:
/// a body's own texts are not compared with each other here. The order of the texts decides between equals.
#[must_use]
pub fn likest(texts: &[(u64, Signature)], least: f64) -> Vec<Option<(usize, f64)>> {
    let mut best: Vec<Option<(usize, f64)>> = vec![None; texts.len()];
    let mut buckets: HashMap<u64, Vec<u32>, FixedState> = HashMap::default();
    for band in 0..BINS / BAND {
        buckets.clear();
        for (i, (body, signature)) in texts.iter().enumerate() {
            let own = &signature.0[band * BAND..(band + 1) * BAND];
            let key = own.iter().fold(0_u64, |key, value| mix(key ^ u64::from(*value)));
            let bucket = buckets.entry(key).or_default();
            for j in bucket.iter().map(|j| *j as usize).filter(|j| texts[*j].0 != *body) {
                let share = signature.share(&texts[j].1);
                if share < least {
                    continue;
                }
                for (a, b) in [(i, j), (j, i)] {
                    if best[a].is_none_or(|(other, s)| share > s || (share == s && b < other)) {
                        best[a] = Some((b, share));
                    }
                }
            }
            if bucket.len() < MOST {
                bucket.push(u32::try_from(i).unwrap_or(u32::MAX));
            }
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A text of distinct random sentences.
    fn text(seed: u64, sentences: u64) -> String {
        (0..sentences)
            .flat_map(|s| (0..20).map(move |c| mix(seed << 40 ^ s << 20 ^ c)))
            .filter_map(|x| char::from_u32(0x4E00 + (x % 3000) as u32))
            .collect()
    }

    fn signature(text: &str) -> Signature {
        Signature::of(std::iter::once(text), 100).unwrap()
    }

    #[test]
    fn shares_are_near_the_truth() {
        let whole = text(1, 100);
        assert!((signature(&whole).share(&signature(&whole)) - 1.0).abs() < 1e-9);
        assert!(signature(&whole).share(&signature(&text(2, 100))) < 0.05);
        // Ninety of a hundred sentences kept, ten new: 90 / 110.
        let mixed: String = whole.chars().take(1800).chain(text(3, 10).chars()).collect();
        let share = signature(&whole).share(&signature(&mixed));
        assert!((share - 0.82).abs() < 0.1, "{share}");
        let numbered = format!("2023年{whole}，共12件");
        assert!(signature(&whole).share(&signature(&numbered)) > 0.97, "figures do not count");
    }

    #[test]
    fn short_texts_have_no_signature() {
        assert_eq!(Signature::of(std::iter::once("政府信息公开"), 400), None);
        assert_eq!(Signature::of(std::iter::once("1234 abc"), 0), None);
    }

    #[test]
    fn pairs_are_found_among_many() {
        let mut texts: Vec<(u64, Signature)> = (0..300).map(|s| (s, signature(&text(s + 10, 60)))).collect();
        let copied: String = text(20, 60).chars().take(1150).chain(text(999, 3).chars()).collect();
        texts.push((300, signature(&copied)));
        texts.push((15, signature(&text(25, 60))));
        let best = likest(&texts, 0.8);
        assert_eq!(best[300].map(|b| b.0), Some(10));
        assert_eq!(best[10].map(|b| b.0), Some(300));
        assert_eq!(best[301], None, "the same body");
        assert_eq!(best.iter().flatten().count(), 2);
    }
}
