//! Pages as pictures, for pages that hold nothing else.
//!
//! Owns painting the pictures of a page, in their order, where the page shows them. Refuses to paint text, lines and
//! colours: what is not a picture was read already.

use hayro_interpret::font::GlyphRun;
use hayro_interpret::kurbo::{Affine, BezPath, Point};
use hayro_interpret::{
    BlendMode, ClipPath, Context, Device, DrawMode, DrawProps, Image, ImageData, ImageDrawProps, InterpreterCache,
    LumaData, SoftMask, interpret_page,
};

use crate::limits::Fault;
use crate::ocr::raster::{Raster, SCALE, grey_of};

use super::{frame, open, settings};

/// Pixels of a picture, beyond which it is not painted.
const MAX_PIXELS: u64 = 100_000_000;

/// Paints pages, given by their numbers from 1, and hands each on with its number.
///
/// # Errors
/// Those of opening the file, those of `each`, and [`Fault::Limit`] for a page of absurd size.
pub fn pictures(
    bytes: &[u8],
    numbers: &[u32],
    each: &mut dyn FnMut(u32, &Raster) -> Result<(), Fault>,
) -> Result<(), Fault> {
    let pdf = open(bytes)?;
    let cache = InterpreterCache::new();
    for (sheet, number) in pdf.pages().iter().zip(1_u32..).filter(|(_, n)| numbers.contains(n)) {
        let (transform, bounds) = frame(sheet);
        let Some(raster) = Raster::white(bounds.width() as f32, bounds.height() as f32) else {
            return Err(Fault::Limit("a page too large for a picture".to_owned()));
        };
        let mut context = Context::new(transform, bounds, &cache, sheet.xref(), settings());
        let mut canvas = Canvas { raster };
        interpret_page(sheet, &mut context, &mut canvas);
        each(number, &canvas.raster)?;
    }
    Ok(())
}

struct Canvas {
    raster: Raster,
}

impl Canvas {
    /// Paints a picture of `width` by `height` pixels; `grey` is `None` where it is transparent.
    fn paint(&mut self, transform: Affine, width: u32, height: u32, grey: impl Fn(usize) -> Option<u8>) {
        let scale = f64::from(SCALE);
        let onto = Affine::scale(scale) * transform;
        if onto.determinant().abs() < 1e-12 {
            return;
        }
        let size = hayro_interpret::kurbo::Rect::new(0.0, 0.0, f64::from(width), f64::from(height));
        let covered = onto.transform_rect_bbox(size);
        let back = onto.inverse();
        let at = |v: f64, most: usize| (v.max(0.0) as usize).min(most);
        for y in at(covered.y0, self.raster.height)..at(covered.y1.ceil(), self.raster.height) {
            for x in at(covered.x0, self.raster.width)..at(covered.x1.ceil(), self.raster.width) {
                let from = back * Point::new(x as f64 + 0.5, y as f64 + 0.5);
                if from.x < 0.0 || from.y < 0.0 || from.x >= size.x1 || from.y >= size.y1 {
                    continue;
                }
                let place = from.y as usize * width as usize + from.x as usize;
                if let Some(grey) = grey(place)
                    && let Some(pixel) = self.raster.grey.get_mut(y * self.raster.width + x)
                {
                    *pixel = grey;
                }
            }
        }
    }
}

/// The transform of a picture that was decoded at another size than it declares.
fn scaled(transform: Affine, (x, y): (f32, f32)) -> Affine {
    transform * Affine::scale_non_uniform(f64::from(x), f64::from(y))
}

fn seen(alpha: Option<&LumaData>, place: usize) -> bool {
    alpha.is_none_or(|alpha| alpha.data.get(place).is_none_or(|a| *a >= 128))
}

impl<'a> Device<'a> for Canvas {
    fn draw_image(&mut self, image: Image<'a, '_>, props: ImageDrawProps<'a>) {
        if u64::from(image.width()) * u64::from(image.height()) > MAX_PIXELS {
            return;
        }
        match image {
            Image::Stencil(stencil) => stencil.with_stencil(
                |mask, _| {
                    let transform = scaled(props.transform, mask.scale_factors);
                    let ink = |place: usize| mask.data.get(place).filter(|m| **m >= 128).map(|_| 0);
                    self.paint(transform, mask.width, mask.height, ink);
                },
                None,
            ),
            Image::Raster(raster) => raster.with_rgba(
                |data, alpha| {
                    let alpha = alpha.filter(|a| (a.width, a.height) == (data.width(), data.height()));
                    let transform = scaled(props.transform, data.scale_factors());
                    let (width, height) = (data.width(), data.height());
                    self.paint(transform, width, height, |place| match &data {
                        _ if !seen(alpha.as_ref(), place) => None,
                        ImageData::Luma(luma) => luma.data.get(place).copied(),
                        ImageData::Rgb(rgb) => {
                            let [r, g, b] = rgb.data.get(3 * place..3 * place + 3)? else { return None };
                            Some(grey_of(*r, *g, *b))
                        }
                    });
                },
                None,
            ),
        }
    }

    fn draw_path(&mut self, _: &BezPath, _: DrawProps<'a>, _: &DrawMode) {}
    fn draw_glyph_run(&mut self, _: &GlyphRun<'_, 'a>, _: DrawProps<'a>, _: &DrawMode) {}
    fn push_clip_path(&mut self, _: &ClipPath) {}
    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {}
    fn pop_clip(&mut self) {}
    fn pop_transparency_group(&mut self) {}
}
