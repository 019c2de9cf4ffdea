//! Tags: what each does to the reading.
//!
//! Owns the kinds of elements. Refuses to act on them: the page does.

/// What a tag does to the reading. End tags have the kind of their start tags.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Tag {
    Inline,
    Break,
    Paragraph,
    Block,
    Heading,
    Pre,
    Table,
    Section,
    Row,
    Cell,
    Head,
    HeadPart,
    Meta,
    Title,
    /// Elements whose content the tokenizer hands over as one raw string.
    Raw,
    Template,
    Select,
    Option,
    Xml,
}

impl Tag {
    pub(super) fn of(name: &[u8]) -> Self {
        match name {
            b"br" => Self::Break,
            b"p" => Self::Paragraph,
            b"address" | b"article" | b"aside" | b"blockquote" | b"body" | b"center" | b"dd" | b"details" | b"dir"
            | b"div" | b"dl" | b"dt" | b"fieldset" | b"figcaption" | b"figure" | b"footer" | b"form" | b"frameset"
            | b"header" | b"hgroup" | b"hr" | b"html" | b"legend" | b"li" | b"main" | b"marquee" | b"menu" | b"nav"
            | b"noframes" | b"ol" | b"section" | b"summary" | b"textarea" | b"ul" | b"xmp" => Self::Block,
            b"h1" | b"h2" | b"h3" | b"h4" | b"h5" | b"h6" => Self::Heading,
            b"pre" | b"listing" | b"plaintext" => Self::Pre,
            b"table" => Self::Table,
            b"thead" | b"tbody" | b"tfoot" | b"caption" | b"colgroup" => Self::Section,
            b"tr" => Self::Row,
            b"td" | b"th" => Self::Cell,
            b"head" => Self::Head,
            b"link" | b"base" | b"basefont" | b"bgsound" => Self::HeadPart,
            b"meta" => Self::Meta,
            b"title" => Self::Title,
            b"script" | b"style" | b"noscript" | b"iframe" | b"noembed" => Self::Raw,
            b"template" => Self::Template,
            b"select" | b"datalist" => Self::Select,
            b"option" => Self::Option,
            // Office data islands: inside comments in what Word writes, bare after some editors stripped those.
            b"xml" => Self::Xml,
            _ => Self::Inline,
        }
    }

    /// Whether a start tag of this kind may stand in a head; any other one starts the body.
    pub(super) fn belongs_to_head(self) -> bool {
        matches!(self, Self::Head | Self::HeadPart | Self::Meta | Self::Title | Self::Raw | Self::Template | Self::Xml)
    }

    pub(super) fn hides(self) -> bool {
        matches!(self, Self::Title | Self::Raw | Self::Template | Self::Select | Self::Option | Self::Xml)
    }

    /// Whether the tag shows that a hiding element was never closed: its own end tag is missing more often than
    /// structure stands in it, and hiding the rest of a report is the worse error.
    pub(super) fn ends_hiding_of(self, hidden: Self) -> bool {
        matches!(hidden, Self::Select | Self::Option | Self::Xml)
            && !matches!(self, Self::Inline | Self::Break)
            && !self.belongs_to_head()
            && !self.hides()
    }
}
