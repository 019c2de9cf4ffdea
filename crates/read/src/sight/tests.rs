//! Pages drawn mark by mark.

use super::*;
use crate::layout::page::{Glyph, Rule};
use crate::work;

const WHITE_INK: Ink = Ink { rgb: [255; 3], ..Ink::BLACK };
const GREY: Ink = Ink { rgb: [180; 3], ..Ink::BLACK };
const RED: Ink = Ink { rgb: [220, 10, 10], ..Ink::BLACK };
const BLUE: Ink = Ink { rgb: [20, 40, 120], ..Ink::BLACK };

fn write_in(canvas: &mut Canvas, x: f32, y: f32, size: f32, text: &str, ink: Ink) {
    canvas.begin();
    let mut at = x;
    for text in text.chars() {
        let width = if text.is_ascii() { size / 2.0 } else { size };
        if text == ' ' {
            canvas.blank();
        } else {
            canvas.print(Glyph { x: at, y, width, size, text, run: 0 }, Some(Direction::Right), ink);
        }
        at += width;
    }
}

fn write(canvas: &mut Canvas, x: f32, y: f32, text: &str) {
    write_in(canvas, x, y, 10.0, text, Ink::BLACK);
}

fn line(canvas: &mut Canvas, from: [f64; 2], to: [f64; 2], ink: Ink) {
    canvas.begin();
    canvas.stroke([Step::Move(from), Step::Line(to)], 0.5, ink);
}

fn fill(canvas: &mut Canvas, bounds: [f64; 4], ink: Ink) {
    canvas.begin();
    canvas.fill_box(bounds, ink);
}

/// What is seen of what is drawn on a page of 400 by 300 points.
fn seen(draw: impl FnOnce(&mut Canvas)) -> Page {
    let mut canvas = Canvas::default();
    draw(&mut canvas);
    page(canvas.into_marks(), 400.0, 300.0)
}

fn text(draw: impl FnOnce(&mut Canvas)) -> String {
    seen(draw).glyphs.iter().map(|glyph| glyph.text).collect()
}

#[test]
fn text_in_the_colour_of_its_ground() {
    let on = |ground: Option<Ink>, ink: Ink| {
        text(|canvas| {
            if let Some(ground) = ground {
                fill(canvas, [10.0, 10.0, 200.0, 60.0], ground);
            }
            write_in(canvas, 20.0, 40.0, 10.0, "6", ink);
            write_in(canvas, 20.0, 90.0, 10.0, "89", Ink::BLACK);
        })
    };
    let hidden = [
        (None, WHITE_INK),
        (None, Ink { rgb: [250, 248, 246], ..Ink::BLACK }),
        (None, Ink { strength: 10, ..Ink::BLACK }),
        (None, Ink { strength: 0, ..Ink::BLACK }),
        (Some(GREY), GREY),
        (Some(BLUE), BLUE),
    ];
    for (ground, ink) in hidden {
        assert_eq!(on(ground, ink), "89", "{ground:?} {ink:?}");
    }
    let half = Ink { strength: 128, ..BLUE };
    let shown = [
        (Some(BLUE), WHITE_INK),
        (Some(half), WHITE_INK),
        (None, Ink { rgb: [255, 255, 0], ..Ink::BLACK }),
        (None, Ink { rgb: [153; 3], ..Ink::BLACK }),
        (Some(Ink { known: false, ..Ink::BLACK }), WHITE_INK),
    ];
    for (ground, ink) in shown {
        assert_eq!(on(ground, ink), "689", "{ground:?} {ink:?}");
    }
}

#[test]
fn covered_text_and_rules() {
    let under = |cover: fn(&mut Canvas)| {
        text(|canvas| {
            write(canvas, 20.0, 40.0, "6");
            cover(canvas);
            write(canvas, 20.0, 40.0, "6");
            write(canvas, 26.0, 40.0, "9");
        })
    };
    assert_eq!(under(|canvas| fill(canvas, [10.0, 25.0, 60.0, 45.0], WHITE_INK)), "69", "printed over it anew");
    assert_eq!(under(|_| {}), "69", "the same twice");
    let gone = |cover: fn(&mut Canvas)| {
        text(|canvas| {
            write(canvas, 20.0, 40.0, "6");
            cover(canvas);
            write(canvas, 90.0, 40.0, "9");
        })
    };
    assert_eq!(gone(|canvas| fill(canvas, [10.0, 25.0, 60.0, 45.0], WHITE_INK)), "9");
    assert_eq!(gone(|canvas| canvas.picture([10.0, 25.0, 60.0, 45.0], 1000.0, true)), "69", "not drawn after it");
    assert_eq!(
        gone(|canvas| {
            canvas.begin();
            canvas.picture([10.0, 25.0, 60.0, 45.0], 1000.0, true);
        }),
        "9"
    );
    assert_eq!(
        gone(|canvas| {
            canvas.begin();
            canvas.picture([10.0, 25.0, 60.0, 45.0], 1000.0, false);
        }),
        "69",
        "it has holes"
    );
    assert_eq!(gone(|canvas| fill(canvas, [10.0, 25.0, 60.0, 45.0], Ink { strength: 90, ..RED })), "69", "translucent");
    assert_eq!(
        gone(|canvas| {
            canvas.begin();
            canvas.begin_group(255, false);
            canvas.fill_box([10.0, 25.0, 60.0, 45.0], RED);
            canvas.end_group();
        }),
        "69",
        "blended"
    );
    let round = |x: f64| {
        let corners = [[x, 25.0], [x + 40.0, 25.0], [x + 50.0, 35.0], [x + 40.0, 45.0], [x, 45.0], [x - 10.0, 35.0]];
        let mut steps: Vec<Step> = corners.into_iter().map(Step::Line).collect();
        steps.insert(0, Step::Move(corners[0]));
        steps
    };
    let shape = |x: f64| {
        text(|canvas| {
            write(canvas, 20.0, 40.0, "6");
            canvas.begin();
            canvas.fill(round(x), WHITE_INK);
        })
    };
    assert_eq!((shape(10.0).as_str(), shape(60.0).as_str()), ("", "6"));
    let page = seen(|canvas| {
        line(canvas, [20.0, 50.0], [80.0, 50.0], Ink::BLACK);
        line(canvas, [20.0, 100.0], [80.0, 100.0], Ink::BLACK);
        // The fill of a cell reaches to the middle of its border.
        fill(canvas, [10.0, 100.0, 90.0, 120.0], WHITE_INK);
        fill(canvas, [10.0, 40.0, 90.0, 60.0], WHITE_INK);
    });
    assert_eq!(page.rules.iter().map(|rule| rule.y0).collect::<Vec<_>>(), [100.0]);
}

#[test]
fn clips_let_through_what_lies_within() {
    let within = |clip: fn(&mut Canvas)| {
        text(|canvas| {
            clip(canvas);
            write(canvas, 20.0, 40.0, "6");
            canvas.unclip();
            write(canvas, 90.0, 40.0, "9");
        })
    };
    assert_eq!(within(|canvas| canvas.clip_box([10.0, 20.0, 60.0, 60.0])), "69");
    assert_eq!(within(|canvas| canvas.clip_box([40.0, 20.0, 60.0, 60.0])), "9");
    assert_eq!(within(|canvas| canvas.clip_box([10.0, 20.0, 10.0, 20.0])), "9");
    let corners = |x: f32| vec![[x, 20.0], [x + 30.0, 20.0], [x, 60.0]];
    let shape = |x: f32| {
        text(|canvas| {
            canvas.clip_shape([0.0, 20.0, 60.0, 60.0], corners(x));
            write(canvas, 20.0, 40.0, "6");
        })
    };
    assert_eq!((shape(15.0).as_str(), shape(30.0).as_str()), ("6", ""));
    let page = seen(|canvas| {
        canvas.clip_box([10.0, 20.0, 60.0, 60.0]);
        line(canvas, [0.0, 40.0], [300.0, 40.0], Ink::BLACK);
        line(canvas, [0.0, 90.0], [300.0, 90.0], Ink::BLACK);
    });
    assert_eq!(page.rules, [Rule { x0: 9.0, y0: 40.0, x1: 61.0, y1: 40.0 }]);
}

#[test]
fn shadows_are_one_with_what_throws_them() {
    let twice = |dx: f32, dy: f32, ink: Ink| {
        text(|canvas| {
            write_in(canvas, 20.0 + dx, 40.0 + dy, 10.0, "规章1144", ink);
            write_in(canvas, 20.0, 40.0, 10.0, "规章1144", Ink::BLACK);
        })
    };
    for (dx, dy, ink) in [(0.8, 0.8, GREY), (1.5, 1.5, GREY), (0.0, 0.0, Ink::BLACK), (0.9, -0.9, Ink::BLACK)] {
        assert_eq!(twice(dx, dy, ink), "规章1144", "{dx} {dy}");
    }
    assert_eq!(twice(0.0, 12.0, Ink::BLACK).chars().count(), 12, "the line below says the same");
    let page = seen(|canvas| {
        write_in(canvas, 20.8, 40.8, 10.0, "6", GREY);
        write(canvas, 20.0, 40.0, "6");
    });
    assert_eq!((page.glyphs[0].x, page.glyphs[0].y), (20.0, 40.0), "the darker one says where it stands");
}

/// Two rows of labels and figures with ruling lines.
fn table(canvas: &mut Canvas) {
    for y in [30.0, 50.0, 70.0] {
        line(canvas, [20.0, y], [320.0, y], Ink::BLACK);
    }
    for x in [20.0, 120.0, 220.0, 320.0] {
        line(canvas, [x, 30.0], [x, 70.0], Ink::BLACK);
    }
    for (y, label) in [(44.0, "规章"), (64.0, "文件")] {
        write(canvas, 30.0, y, label);
        write(canvas, 130.0, y, "12");
        write(canvas, 230.0, y, "345");
    }
}

const TABLE: &str = "规章12345文件12345";

#[test]
fn watermarks_and_seals() {
    let over = |draw: fn(&mut Canvas)| {
        text(|canvas| {
            table(canvas);
            draw(canvas);
        })
    };
    let tiles = |canvas: &mut Canvas| {
        for (x, y) in [(100.0, 46.0), (225.0, 66.0), (30.0, 200.0), (230.0, 200.0)] {
            write_in(canvas, x, y, 14.0, "2024 01", GREY);
        }
    };
    assert_eq!(over(tiles), TABLE);
    assert_eq!(over(|canvas| write_in(canvas, 100.0, 68.0, 40.0, "2023", Ink { strength: 30, ..Ink::BLACK })), TABLE);
    assert_eq!(over(|canvas| write_in(canvas, 115.0, 46.0, 14.0, "77", Ink { hollow: true, ..Ink::BLACK })), TABLE);
    let seal = |canvas: &mut Canvas| {
        canvas.begin();
        let curve = |x, y| Step::Curve(Some([[x, y]; 2]), [x, y]);
        let ring = [
            Step::Move([290.0, 60.0]),
            curve(240.0, 110.0),
            curve(190.0, 60.0),
            curve(240.0, 10.0),
            curve(290.0, 60.0),
        ];
        canvas.stroke(ring, 1.5, RED);
        write_in(canvas, 215.0, 85.0, 7.0, "1311250012345", RED);
        write_in(canvas, 225.0, 64.0, 9.0, "专用章", RED);
    };
    assert_eq!(over(seal), TABLE);
    let curve = |canvas: &mut Canvas| {
        for (n, text) in (0_u8..).zip("安平县人民政府".chars()) {
            let angle = (200.0 + 20.0 * f32::from(n)).to_radians();
            let (x, y) = (180.0 + 40.0 * angle.cos(), 80.0 + 40.0 * angle.sin());
            canvas.begin();
            let direction = if n == 3 { Some(Direction::Right) } else { None };
            canvas.print(Glyph { x, y, width: 9.0, size: 9.0, text, run: 0 }, direction, RED);
        }
        write_in(canvas, 160.0, 100.0, 6.0, "1311250012345", RED);
    };
    assert_eq!(over(curve), TABLE);
    let declared = |canvas: &mut Canvas| {
        canvas.begin_content(true);
        write(canvas, 240.0, 200.0, "样稿");
        canvas.end_content();
    };
    assert_eq!(over(declared), TABLE, "the file says that it is a watermark");
}

#[test]
fn coloured_text_is_text() {
    let page = seen(|canvas| {
        for (row, y) in (0_u8..).zip([44.0, 64.0, 84.0, 104.0, 124.0]) {
            write(canvas, 30.0, y, "行政规范性文件行政");
            write_in(canvas, 130.0, y, 10.0, if row % 2 == 0 { "12" } else { "34" }, RED);
            write_in(canvas, 230.0, y, 10.0, "56", Ink { rgb: [0, 0, 200], ..Ink::BLACK });
        }
        // One label is longer than its cell.
        write(canvas, 30.0, 64.0, "规范性文件规范性文件一");
    });
    assert_eq!(page.glyphs.iter().filter(|glyph| glyph.text.is_ascii_digit()).count(), 20);
}

#[test]
fn struck_figures() {
    let struck = |from: [f64; 2], to: [f64; 2]| {
        seen(|canvas| {
            table(canvas);
            write(canvas, 145.0, 44.0, "6");
            line(canvas, from, to, RED);
        })
    };
    let figures = |page: &Page| page.glyphs.iter().filter(|g| g.text == '6').count();
    let page = struck([144.0, 40.8], [151.0, 40.8]);
    assert_eq!((figures(&page), page.struck.len(), page.rules.len()), (0, 1, 7), "the line is no wall");
    assert_eq!(figures(&struck([144.0, 43.0], [151.0, 38.0])), 0, "slanted");
    let page = struck([145.0, 45.2], [150.0, 45.2]);
    assert_eq!((figures(&page), page.rules.len()), (1, 7), "underlined, and no wall either");
    let page = struck([120.0, 40.8], [220.0, 40.8]);
    assert_eq!((figures(&page), page.rules.len()), (1, 8), "a rule from wall to wall");
    assert_eq!(figures(&struck([90.0, 40.8], [210.0, 40.8])), 1, "longer than what it crosses");
}

#[test]
fn note_marks() {
    let beside = |size: f32, raised: f32, mark: &str| {
        text(|canvas| {
            write(canvas, 30.0, 44.0, "21");
            write_in(canvas, 40.0, 44.0 - raised, size, mark, Ink::BLACK);
        })
    };
    let marks = [
        (6.0, 4.0, "1"),
        (7.0, 1.6, "1"),
        (8.3, 3.3, "12"),
        (6.0, -2.0, "1"),
        (6.0, 0.0, "1"),
        (6.0, 4.0, "[1]"),
        (10.0, 3.5, "2"),
        (5.4, 8.5, "1"),
    ];
    for (size, raised, mark) in marks {
        assert_eq!(beside(size, raised, mark), "21", "{size} {raised}");
    }
    for (size, raised, mark) in
        [(10.0, 0.0, "3"), (9.5, 0.3, "3"), (9.5, 0.9, "3"), (6.0, 0.0, "件"), (7.0, 3.0, ".06"), (10.0, 12.0, "3")]
    {
        assert_eq!(beside(size, raised, mark), format!("21{mark}"), "{size} {raised}");
    }
    for (size, raised) in [(8.0, 0.0), (9.0, 0.5), (10.0, 1.6), (10.0, -1.5), (9.0, -3.0)] {
        assert_eq!(beside(size, raised, "3"), "21\u{fffd}", "a mark or a digit: {size} {raised}");
    }
    let before = text(|canvas| {
        write_in(canvas, 24.0, 44.0, 6.0, "29", Ink::BLACK);
        write(canvas, 30.0, 44.0, "21");
    });
    assert_eq!(before, "\u{fffd}\u{fffd}21", "small digits on the line before a figure");
    let apart = text(|canvas| {
        write(canvas, 30.0, 44.0, "21");
        line(canvas, [41.0, 20.0], [41.0, 60.0], Ink::BLACK);
        write_in(canvas, 42.0, 41.0, 6.0, "3", Ink::BLACK);
    });
    assert_eq!(apart, "213", "in a cell of its own");
}

#[test]
fn text_below_a_picture_is_what_somebody_recognised() {
    let layer = "规章12行政规范性文件34";
    let page = seen(|canvas| {
        write(canvas, 30.0, 44.0, layer);
        canvas.begin();
        canvas.picture([0.0, 0.0, 400.0, 300.0], 120_000.0, true);
    });
    assert!(page.recognised && page.glyphs.len() == layer.chars().count());
    let page = seen(|canvas| {
        canvas.begin();
        canvas.picture([0.0, 0.0, 400.0, 300.0], 120_000.0, true);
        write_in(canvas, 30.0, 44.0, 10.0, layer, Ink { strength: 0, ..Ink::BLACK });
        write(canvas, 200.0, 290.0, "3");
    });
    assert!(page.recognised && page.glyphs.len() == layer.chars().count() + 1);
    let page = seen(|canvas| {
        canvas.begin();
        canvas.picture([0.0, 0.0, 400.0, 300.0], 120_000.0, true);
        write(canvas, 30.0, 44.0, layer);
        write_in(canvas, 30.0, 64.0, 10.0, "77", WHITE_INK);
    });
    assert!(!page.recognised, "printed over a picture");
    assert_eq!(page.glyphs.len(), layer.chars().count());
}

#[test]
fn a_layer_under_outlines_says_what_they_are() {
    let page = seen(|canvas| {
        for (n, text) in (0_u8..)
            .zip("规章文件规章文件规章文件规章文件规章文件规章文件规章文件规章文件规章文件规章文件规章文件".chars())
        {
            let (x, y) = (20.0 + f32::from(n % 20) * 12.0, 40.0 + f32::from(n / 20) * 20.0);
            let at = |dx: f64, dy: f64| [f64::from(x) + dx, f64::from(y) - dy];
            canvas.begin();
            canvas.fill(
                [Step::Move(at(1.0, 0.0)), Step::Line(at(8.0, 1.0)), Step::Line(at(4.0, 8.0)), Step::Close],
                Ink::BLACK,
            );
            write_in(canvas, x, y, 10.0, &text.to_string(), Ink { strength: 0, ..Ink::BLACK });
        }
    });
    assert_eq!((page.recognised, page.glyphs.len()), (false, 44));
}

#[test]
fn text_too_small_to_read() {
    let page = seen(|canvas| {
        write(canvas, 30.0, 44.0, "行政许可21");
        write_in(canvas, 80.0, 44.0, 0.9, "37", Ink::BLACK);
    });
    assert_eq!(page.glyphs.len(), 6);
    let small = seen(|canvas| write_in(canvas, 30.0, 44.0, 0.9, "行政许可21", Ink::BLACK));
    assert_eq!(small.glyphs.len(), 6, "a page that is shown larger");
}

/// What is drawn to keep a reader busy costs so many looks at neighbours, and no more.
#[test]
fn crowds_are_survived() {
    let crowd = |draw: &dyn Fn(&mut Canvas, f32)| {
        let looks = work::of(|| {
            seen(|canvas| {
                for n in 0_u16..30_000 {
                    draw(canvas, f32::from(n % 100) / 100.0);
                }
            });
        });
        assert!((20_000..30_000 * 100).contains(&looks), "{looks} looks for 30000 marks");
    };
    crowd(&|canvas, n| write(canvas, 20.0 + n, 40.0, "1"));
    crowd(&|canvas, n| {
        write_in(canvas, 20.0 + 300.0 * n, 40.0, 10.0, "12", Ink { rgb: [(n * 200.0) as u8; 3], ..RED });
    });
    crowd(&|canvas, n| {
        fill(canvas, [0.0, 0.0, 400.0, 300.0], Ink { strength: (n * 100.0) as u8 + 1, ..RED });
        write(canvas, 20.0 + 300.0 * n, 40.0, "1");
    });
    crowd(&|canvas, n| {
        write(canvas, 20.0 + n, 40.0, "12");
        line(canvas, [10.0, 37.0], [390.0, 37.0 + f64::from(n) * 0.4], RED);
    });
    // One word, and as many lines over it.
    crowd(&|canvas, n| {
        canvas.print(
            Glyph { x: 20.0 + n, y: 40.0, width: 0.1, size: 10.0, text: '1', run: 0 },
            Some(Direction::Right),
            RED,
        );
        line(canvas, [19.5, 37.0], [21.0 + f64::from(n), 37.0], RED);
    });
    crowd(&|canvas, n| {
        canvas.print(
            Glyph { x: 20.0 + n, y: 40.0, width: 0.1, size: 10.0, text: '1', run: 0 },
            Some(Direction::Right),
            RED,
        );
        line(canvas, [19.5, 32.0], [21.0 + f64::from(n), 41.0], RED);
    });
    crowd(&|canvas, n| {
        canvas.clip_shape([0.0, 0.0, 400.0, 300.0], vec![[0.0, 0.0], [400.0, 0.0], [n, 300.0]]);
        write(canvas, 20.0, 40.0, "1");
    });
}
