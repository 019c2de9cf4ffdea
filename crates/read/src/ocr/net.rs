//! One recognition model: pictures of lines of text in, characters out.
//!
//! Owns loading an ONNX file, running it on one thread, and greedy CTC decoding. Refuses to cut pictures and to judge.

use std::sync::Arc;

use rten::{Model, ModelOptions, RunOptions, ThreadPool, ValueView};

/// Rows of pixels of every line.
pub(super) const HEIGHT: usize = 48;
/// Widths are multiples of this, so that many lines can be read at a time.
pub(super) const STEP: usize = 16;
/// Columns of pixels read at a time; more would only cost memory.
const BATCH: usize = 1_280;

/// A line of text as grey pixels, [`HEIGHT`] rows, the width a multiple of [`STEP`].
#[derive(Clone, Debug)]
pub(super) struct Strip {
    pub(super) width: usize,
    pub(super) grey: Vec<u8>,
}

/// What a model makes of a line.
#[derive(Clone, Debug, Default)]
pub(super) struct Line {
    pub(super) text: String,
    /// How sure the model is of its characters, 0 to 1, on the average. It says whether a page stands on its head, and nothing
    /// of single figures.
    pub(super) sure: f32,
}

/// A model and its characters.
pub(super) struct Net {
    model: Model,
    characters: Vec<char>,
}

impl Net {
    /// Loads an ONNX file.
    ///
    /// # Errors
    /// Says what is wrong with it.
    pub(super) fn load(bytes: Vec<u8>) -> Result<Self, String> {
        let mut options = ModelOptions::with_all_ops();
        options.prepack_weights(true);
        let model = options.load(bytes).map_err(|e| e.to_string())?;
        let listed = model.metadata().get("character").ok_or("it does not list its characters")?;
        // A character of several code points is none that a report's tables hold.
        let one = |text: &str| text.chars().next().unwrap_or('\u{FFFD}');
        let characters = listed.split('\n').map(one).chain([' ']).collect();
        Ok(Self { model, characters })
    }

    /// Reads strips, in their order; `each` is asked before every batch whether to go on.
    ///
    /// # Errors
    /// Says what failed, or what `each` said.
    pub(super) fn read<E: From<String>>(
        &self,
        strips: &[&Strip],
        pool: &Arc<ThreadPool>,
        mut each: impl FnMut() -> Result<(), E>,
    ) -> Result<Vec<Line>, E> {
        let mut order: Vec<usize> = (0..strips.len()).collect();
        order.sort_by_key(|at| (strips[*at].width, *at));
        let mut read = vec![Line::default(); strips.len()];
        let mut rest = order.as_slice();
        while let Some(width) = rest.first().map(|at| strips[*at].width) {
            each()?;
            let most = (BATCH / width.max(1)).max(1);
            let alike = rest.iter().take(most).take_while(|at| strips[**at].width == width).count();
            let (batch, further) = rest.split_at(alike);
            rest = further;
            let texts = self.batch(batch.iter().map(|at| strips[*at]), width, pool).map_err(E::from)?;
            for (at, text) in batch.iter().zip(texts) {
                read[*at] = text;
            }
        }
        Ok(read)
    }

    fn batch<'s>(
        &self,
        strips: impl ExactSizeIterator<Item = &'s Strip>,
        width: usize,
        pool: &Arc<ThreadPool>,
    ) -> Result<Vec<Line>, String> {
        let count = strips.len();
        let mut pixels = Vec::with_capacity(count * 3 * HEIGHT * width);
        for strip in strips {
            // Three channels, all alike.
            for _ in 0..3 {
                pixels.extend(strip.grey.iter().map(|g| f32::from(*g) / 127.5 - 1.0));
            }
        }
        let input = ValueView::from_shape([count, 3, HEIGHT, width], &pixels).map_err(|e| e.to_string())?;
        let options = RunOptions::default().with_thread_pool(Some(Arc::clone(pool)));
        let output = self.model.run_one(input.into(), Some(options)).map_err(|e| e.to_string())?;
        let ([_, steps, classes], scores) = output.into_shape_vec::<f32, 3>().map_err(|e| e.to_string())?;
        if classes != self.characters.len() + 1 {
            return Err(format!("{classes} classes for {} characters", self.characters.len()));
        }
        Ok(scores.chunks((steps * classes).max(1)).map(|line| self.decode(line, classes)).collect())
    }

    /// The best class of each step; one that repeats is one character, class 0 none.
    fn decode(&self, scores: &[f32], classes: usize) -> Line {
        let mut text = String::new();
        let (mut last, mut sure) = (0, 0.0);
        for scores in scores.chunks(classes) {
            let best = scores.iter().enumerate().max_by(|a, b| a.1.total_cmp(b.1).then(b.0.cmp(&a.0)));
            let (class, score) = best.map_or((0, 0.0), |(class, score)| (class, *score));
            if class != last && class > 0 {
                text.extend(self.characters.get(class - 1));
                sure += score;
            }
            last = class;
        }
        let count = text.chars().count().max(1) as f32;
        Line { text: text.trim().to_owned(), sure: sure / count }
    }
}
