//! The row of `coverage`: a government with or without its report, or a body that stopped, with its last one.
//!
//! Owns what is told of a government without a report. Refuses to expect anything.

use super::handles::Tables;
use crate::columns::{Columns, Field};
use crate::store::record::Record;
use crate::write::coverage::Coverage;
use nianbao_report::Knowledge;
use nianbao_report::region::Division;

/// The row of something expected: of a county's government, or of a body that stopped. `record` is its report, or the last
/// one.
pub(crate) fn coverage(
    knowledge: &Knowledge,
    at: &Tables,
    year: Option<i32>,
    columns: &mut Columns,
    (coverage, county): (Coverage, Option<&Division>),
    record: Option<&Record<'_>>,
) {
    // What the report says of its place, else what the divisions of the year say of the county.
    let place = county.map(|d| knowledge.gazetteer.place(d, year));
    let (said, known) = (record.map(|r| &r.place), place.as_ref());
    let found = record.filter(|_| coverage == Coverage::Found);
    let last = record.filter(|_| coverage != Coverage::Found);
    let (keys, own) = (&at.coverage.keys, &at.coverage.own);
    let mut set = |column: usize, field: Field<'_>| columns.push(column, field, 1);
    let county_code = said.and_then(|p| p.county_code).or(known.and_then(|p| p.county_code.as_deref()));
    let prefecture_code = said.and_then(|p| p.prefecture_code).or(known.and_then(|p| p.prefecture_code.as_deref()));
    set(keys.report_id, found.map(|r| r.report_id).into());
    set(keys.agency, record.and_then(|r| r.agency).into());
    set(keys.county_code, county_code.into());
    set(keys.prefecture_code, prefecture_code.into());
    set(keys.edition, found.map(|r| knowledge.forms.editions[usize::from(r.edition)].code.as_str()).into());
    set(own.subject, Field::Str(coverage.subject()));
    set(own.status, Field::Str(coverage.code()));
    set(own.county, said.and_then(|p| p.county).or(known.and_then(|p| p.county.as_deref())).into());
    set(own.prefecture, said.and_then(|p| p.prefecture).or(known.and_then(|p| p.prefecture.as_deref())).into());
    set(own.quality, found.map(|r| r.quality).into());
    set(own.body_id, record.and_then(|r| r.body_id.as_deref()).into());
    set(own.last_report_id, last.map(|r| r.report_id).into());
    set(
        own.province_name,
        said.and_then(|p| p.province_name).or(known.and_then(|p| p.province_name.as_deref())).into(),
    );
}
