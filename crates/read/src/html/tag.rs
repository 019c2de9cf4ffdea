//! Tags: what each does to the reading, and their attributes.
//!
//! Owns the kinds of elements and which attributes of each are looked at. Refuses to act on them: the page does.

/// What a tag does to the reading. End tags have the kind of their start tags.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Tag {
    #[default]
    Inline,
    /// Inline, without content or end tag.
    Void,
    Break,
    Paragraph,
    Block,
    /// An item of a list: the next one ends it.
    Item,
    Heading,
    Pre,
    /// `html` and `body`: what hides them is a veil until the page is loaded.
    Root,
    Table,
    Section,
    HeadRows,
    FootRows,
    Row,
    Cell,
    Head,
    HeadPart,
    Meta,
    Link,
    Title,
    /// Elements whose content the tokenizer hands over as one raw string.
    Raw,
    Script,
    Style,
    Frame,
    /// A frame of a set of frames: without content.
    Pane,
    /// Shown where scripts are off: to nobody.
    Noscript,
    Textarea,
    Template,
    Select,
    Option,
    Xml,
    /// `del`, `s`, `strike`.
    Struck,
    /// `sup`, `sub`.
    Raised,
    /// Never shown: readings beside characters, descriptions of drawings.
    Unseen,
    Button,
    Input,
    /// Inline: its text is drawn, or stands in another order than in the source.
    Doubtful,
    /// A picture without content.
    Picture,
    /// A drawing with content that stands in for it where it cannot be shown.
    Drawing,
}

impl Tag {
    pub(super) fn of(name: &[u8]) -> Self {
        match name {
            b"br" | b"hr" => Self::Break,
            b"p" => Self::Paragraph,
            b"address" | b"article" | b"aside" | b"blockquote" | b"center" | b"details" | b"dir" | b"div" | b"dl"
            | b"fieldset" | b"figcaption" | b"figure" | b"footer" | b"form" | b"frameset" | b"header" | b"hgroup"
            | b"legend" | b"main" | b"marquee" | b"menu" | b"nav" | b"noframes" | b"ol" | b"section" | b"summary"
            | b"ul" | b"xmp" | b"dialog" => Self::Block,
            b"li" | b"dd" | b"dt" => Self::Item,
            b"html" | b"body" => Self::Root,
            b"h1" | b"h2" | b"h3" | b"h4" | b"h5" | b"h6" => Self::Heading,
            b"pre" | b"listing" | b"plaintext" => Self::Pre,
            b"table" => Self::Table,
            b"tbody" | b"caption" | b"colgroup" => Self::Section,
            b"thead" => Self::HeadRows,
            b"tfoot" => Self::FootRows,
            b"tr" => Self::Row,
            b"td" | b"th" => Self::Cell,
            b"head" => Self::Head,
            b"base" | b"basefont" | b"bgsound" => Self::HeadPart,
            b"link" => Self::Link,
            b"meta" => Self::Meta,
            b"title" => Self::Title,
            b"script" => Self::Script,
            b"style" => Self::Style,
            b"noscript" => Self::Noscript,
            b"noembed" => Self::Raw,
            b"iframe" => Self::Frame,
            b"frame" => Self::Pane,
            b"textarea" => Self::Textarea,
            b"template" => Self::Template,
            b"select" => Self::Select,
            b"option" => Self::Option,
            // Office data islands: inside comments in what Word writes, bare after some editors stripped those.
            b"xml" => Self::Xml,
            b"del" | b"s" | b"strike" => Self::Struck,
            b"sup" | b"sub" => Self::Raised,
            b"rt" | b"rp" | b"rtc" | b"annotation" | b"annotation-xml" | b"desc" | b"defs" | b"symbol"
            | b"metadata" | b"datalist" => Self::Unseen,
            b"button" => Self::Button,
            b"svg" | b"bdo" => Self::Doubtful,
            b"input" => Self::Input,
            b"img" | b"embed" => Self::Picture,
            b"object" | b"canvas" | b"video" | b"audio" | b"applet" | b"meter" | b"progress" => Self::Drawing,
            b"wbr" | b"source" | b"track" | b"param" | b"area" | b"col" | b"keygen" | b"command" => Self::Void,
            _ => Self::Inline,
        }
    }

    /// Whether a start tag of this kind may stand in a head; any other one starts the body.
    pub(super) fn belongs_to_head(self) -> bool {
        matches!(
            self,
            Self::Head
                | Self::HeadPart
                | Self::Link
                | Self::Meta
                | Self::Title
                | Self::Raw
                | Self::Script
                | Self::Style
                | Self::Noscript
                | Self::Template
                | Self::Xml
        )
    }

    /// Whether its content is no text of the page, whatever it says about itself.
    pub(super) fn hides(self) -> bool {
        self.is_raw() || matches!(self, Self::Template | Self::Select | Self::Option | Self::Xml)
    }

    /// Whether the tokenizer hands its content over without looking for tags in it.
    pub(super) fn is_raw(self) -> bool {
        matches!(
            self,
            Self::Title | Self::Raw | Self::Script | Self::Style | Self::Noscript | Self::Frame | Self::Textarea
        )
    }

    /// Whether the tag shows that a hiding element was never closed: its own end tag is missing more often than
    /// structure stands in it, and hiding the rest of a report is the worse error.
    pub(super) fn ends_hiding_of(self, hidden: Self) -> bool {
        matches!(hidden, Self::Select | Self::Option | Self::Xml)
            && !matches!(self, Self::Inline | Self::Void | Self::Break | Self::Struck | Self::Raised | Self::Unseen)
            && !self.belongs_to_head()
            && !self.hides()
    }

    /// Whether it has neither content nor an end tag.
    pub(super) fn is_void(self) -> bool {
        matches!(
            self,
            Self::Void
                | Self::Break
                | Self::HeadPart
                | Self::Link
                | Self::Meta
                | Self::Input
                | Self::Picture
                | Self::Pane
        )
    }

    /// Whether it flows with the text around it.
    pub(super) fn is_inline(self) -> bool {
        matches!(self, Self::Inline | Self::Struck | Self::Raised | Self::Button | Self::Unseen | Self::Doubtful)
    }

    /// Whether it is a part of a table.
    pub(super) fn is_table_part(self) -> bool {
        matches!(self, Self::Section | Self::HeadRows | Self::FootRows | Self::Row | Self::Cell)
    }

    /// Whether it starts a paragraph of its own, and so ends one that is open.
    pub(super) fn is_block(self) -> bool {
        matches!(self, Self::Paragraph | Self::Block | Self::Item | Self::Heading | Self::Pre | Self::Table)
    }
}

/// A name as a number (FNV-1a), so that names are compared at once; letters of either case are one.
pub(super) const fn key(name: &[u8]) -> u64 {
    let mut hash = 0xCBF2_9CE4_8422_2325_u64;
    let mut rest = name;
    while let [byte, tail @ ..] = rest {
        hash = (hash ^ byte.to_ascii_lowercase() as u64).wrapping_mul(0x0100_0000_01B3);
        rest = tail;
    }
    hash
}

/// An attribute that is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Attribute {
    ColSpan,
    RowSpan,
    Style,
    Class,
    Id,
    Hidden,
    /// A colour of the text (`<font>`).
    Color,
    /// A colour behind it.
    Back,
    /// What the element is called: `name`, `type`, `rel`, `media`.
    Word,
    /// What it holds: `content`, `value`, `srcdoc`, `src`, `href`, `data`.
    Content,
    /// A measure of a picture or of a list of choices.
    Measure,
    /// `selected`, `multiple`, `open`, `shadowrootmode`.
    Flag,
    Other,
}

impl Attribute {
    pub(super) fn of(kind: Tag, name: &[u8]) -> Self {
        match name {
            b"style" => return Self::Style,
            b"class" => return Self::Class,
            b"id" => return Self::Id,
            b"hidden" | b"popover" => return Self::Hidden,
            _ => {}
        }
        match (kind, name) {
            (Tag::Cell, b"colspan") => Self::ColSpan,
            (Tag::Cell, b"rowspan") => Self::RowSpan,
            (Tag::Cell | Tag::Row | Tag::Table | Tag::Root, b"bgcolor" | b"background") => Self::Back,
            (Tag::Inline, b"color") => Self::Color,
            (Tag::Meta, b"name")
            | (Tag::Input | Tag::Script, b"type")
            | (Tag::Link, b"rel")
            | (Tag::Style, b"media") => Self::Word,
            (Tag::Meta, b"content")
            | (Tag::Input | Tag::Option, b"value")
            | (Tag::Frame | Tag::Pane, b"srcdoc" | b"src")
            | (Tag::Link, b"href")
            | (Tag::Drawing, b"data") => Self::Content,
            (Tag::Picture, b"width" | b"height") | (Tag::Select, b"size") => Self::Measure,
            (Tag::Option, b"selected")
            | (Tag::Select, b"multiple")
            | (Tag::Block, b"open")
            | (Tag::Template, b"shadowrootmode" | b"shadowroot" | b"shadowmode") => Self::Flag,
            _ => Self::Other,
        }
    }
}
