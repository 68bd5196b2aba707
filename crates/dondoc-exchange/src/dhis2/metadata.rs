//! Units, data elements, categories and sets, out and in.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use dondoc_core::{
    aggregation::Aggregation,
    pack::{Frequency, Indicator, Pack, Text},
};
use jiff::civil::Date;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::dhis2::{Part, elements, uid, values::combo_code};

/// DHIS2's own combination without categories.
const DEFAULT_CATEGORY_COMBO: &str = "bjDvmb4bfuf";

/// The longest short name of DHIS2, in characters.
const SHORT: usize = 50;

/// A unit as it goes out or came in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrgUnit {
    /// Its uid there; ours are `uid("orgUnit", number)`.
    pub uid: String,
    /// Its code, if it has one.
    pub code: Option<String>,
    /// Its name.
    pub name: String,
    /// The first day that it is there.
    pub opening: Option<Date>,
    /// The last.
    pub closed: Option<Date>,
    /// The uid of the unit above.
    pub parent: Option<String>,
}

/// What foreign metadata says about its identifiers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Metadata {
    /// The units, in the order of the file.
    pub org_units: Vec<OrgUnit>,
    units: HashMap<String, usize>,
    data_elements: HashMap<String, String>,
    combos: HashMap<String, String>,
}

impl Metadata {
    /// The unit of a uid.
    #[must_use]
    pub fn org_unit(&self, uid: &str) -> Option<&OrgUnit> {
        self.units.get(uid).map(|it| &self.org_units[*it])
    }

    pub(super) fn data_element(&self, uid: &str) -> Option<&str> {
        self.data_elements.get(uid).map(String::as_str)
    }

    pub(super) fn combo(&self, uid: &str) -> Option<&str> {
        self.combos.get(uid).map(String::as_str)
    }
}

/// A thing of the metadata as it is on the wire.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Object {
    id: String,
    code: Option<String>,
    name: String,
    opening_date: Option<String>,
    closed_date: Option<String>,
    parent: Option<Reference>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Reference {
    id: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Objects {
    organisation_units: Vec<Object>,
    data_elements: Vec<Object>,
    category_option_combos: Vec<Object>,
}

/// Reads a metadata file of DHIS2: its units, and which codes its uids stand for.
///
/// # Errors
///
/// What is wrong with the JSON.
pub fn read_metadata(bytes: &[u8]) -> Result<Metadata, serde_json::Error> {
    let objects: Objects = serde_json::from_slice(bytes)?;
    let day = |it: Option<String>| it.and_then(|it| it.get(..10)?.parse().ok());
    let codes = |objects: Vec<Object>| {
        objects.into_iter().filter_map(|it| Some((it.id, it.code?))).collect::<HashMap<_, _>>()
    };
    let org_units: Vec<OrgUnit> = objects
        .organisation_units
        .into_iter()
        .map(|it| OrgUnit {
            uid: it.id,
            code: it.code,
            name: it.name,
            opening: day(it.opening_date),
            closed: day(it.closed_date),
            parent: it.parent.map(|it| it.id),
        })
        .collect();
    let units = org_units.iter().enumerate().map(|(at, it)| (it.uid.clone(), at)).collect();
    let (data_elements, combos) =
        (codes(objects.data_elements), codes(objects.category_option_combos));
    Ok(Metadata { org_units, units, data_elements, combos })
}

/// The units and a pack as DHIS2 metadata.
#[must_use]
pub fn metadata(pack: &Pack, units: &[OrgUnit]) -> Value {
    let mut combos: BTreeMap<String, &Indicator> = BTreeMap::new();
    for indicator in pack.indicators.iter().filter(|it| !it.breakdowns.is_empty()) {
        combos.entry(indicator.breakdowns.join("+")).or_insert(indicator);
    }
    json!({
        "organisationUnits": units.iter().map(unit).collect::<Vec<_>>(),
        "dataElements": pack.indicators.iter().flat_map(data_elements).collect::<Vec<_>>(),
        "categoryOptions": category_options(pack),
        "categories": categories(pack),
        "categoryCombos": combos.iter().map(|(code, it)| category_combo(pack, code, it)).collect::<Vec<_>>(),
        "categoryOptionCombos": combos
            .iter()
            .flat_map(|(code, it)| option_combos(pack, code, it))
            .collect::<Vec<_>>(),
        "dataSets": pack.forms.iter().flat_map(|it| data_sets(pack, it)).collect::<Vec<_>>(),
    })
}

fn unit(it: &OrgUnit) -> Value {
    let mut unit = json!({
        "id": it.uid,
        "name": it.name,
        "shortName": shortened(&it.name),
        // DHIS2 asks for a day; the first that it takes means that none is known.
        "openingDate": it.opening.map_or_else(|| "1900-01-01".to_owned(), |it| it.to_string()),
    });
    if let Some(code) = &it.code {
        unit["code"] = json!(code);
    }
    if let Some(day) = it.closed {
        unit["closedDate"] = json!(day.to_string());
    }
    if let Some(parent) = &it.parent {
        unit["parent"] = json!({ "id": parent });
    }
    unit
}

fn shortened(name: &str) -> String {
    name.chars().take(SHORT).collect()
}

fn data_elements(indicator: &Indicator) -> Vec<Value> {
    let combo = match indicator.breakdowns.join("+") {
        code if code.is_empty() => DEFAULT_CATEGORY_COMBO.to_owned(),
        code => uid("categoryCombo", &code),
    };
    let name = |part: Part| match (&indicator.ratio, part) {
        (Some(ratio), Part::Numerator) => format!("{}: {}", indicator.name.vi, ratio.numerator.vi),
        (Some(ratio), Part::Denominator) => {
            format!("{}: {}", indicator.name.vi, ratio.denominator.vi)
        }
        _ => indicator.name.vi.clone(),
    };
    // The parts of a share are added up; the share itself is an indicator there and worked out from them.
    let aggregation = match (indicator.over_units, indicator.over_time) {
        (Aggregation::Sum | Aggregation::WeightedAverage, Aggregation::Last) => "LAST",
        (Aggregation::Sum | Aggregation::WeightedAverage, _) => "SUM",
        (Aggregation::Max, _) => "MAX",
        _ => "NONE",
    };
    let value_type = if indicator.decimals == 0 { "INTEGER" } else { "NUMBER" };
    elements(indicator)
        .into_iter()
        .map(|(code, part)| {
            json!({
                "id": uid("dataElement", &code),
                "code": code,
                "name": format!("{} ({code})", name(part)),
                "shortName": shortened(&code),
                "domainType": "AGGREGATE",
                "valueType": value_type,
                "aggregationType": aggregation,
                "zeroIsSignificant": true,
                "categoryCombo": { "id": combo },
            })
        })
        .collect()
}

fn named(kind: &str, code: &str, name: &Text) -> Value {
    json!({ "id": uid(kind, code), "code": code, "name": format!("{} ({code})", name.vi), "shortName": shortened(code) })
}

fn category_options(pack: &Pack) -> Vec<Value> {
    let of = |breakdown: &dondoc_core::pack::Breakdown| {
        let code = breakdown.code.clone();
        let options = breakdown.options.iter();
        options
            .map(move |it| named("categoryOption", &format!("{code}:{}", it.code), &it.name))
            .collect::<Vec<_>>()
    };
    pack.breakdowns.iter().flat_map(of).collect()
}

fn categories(pack: &Pack) -> Vec<Value> {
    let of = |it: &dondoc_core::pack::Breakdown| {
        let mut category = named("category", &it.code, &it.name);
        let options = it.options.iter().map(|option| format!("{}:{}", it.code, option.code));
        let options: Vec<Value> =
            options.map(|code| json!({ "id": uid("categoryOption", &code) })).collect();
        category["categoryOptions"] = json!(options);
        category["dataDimensionType"] = json!("DISAGGREGATION");
        category
    };
    pack.breakdowns.iter().map(of).collect()
}

fn category_combo(pack: &Pack, code: &str, indicator: &Indicator) -> Value {
    let names = indicator
        .breakdowns
        .iter()
        .filter_map(|it| pack.breakdown(it))
        .map(|it| it.name.vi.as_str());
    let name = names.collect::<Vec<_>>().join(", ");
    let categories = indicator.breakdowns.iter().map(|it| json!({ "id": uid("category", it) }));
    json!({
        "id": uid("categoryCombo", code),
        "code": code,
        "name": format!("{name} ({code})"),
        "dataDimensionType": "DISAGGREGATION",
        "categories": categories.collect::<Vec<_>>(),
    })
}

fn option_combos(pack: &Pack, code: &str, indicator: &Indicator) -> Vec<Value> {
    let of = |option: String| {
        let full = combo_code(indicator, &option);
        let parts = indicator.breakdowns.iter().zip(option.split('+'));
        let options = parts.map(
            |(breakdown, it)| json!({ "id": uid("categoryOption", &format!("{breakdown}:{it}")) }),
        );
        json!({
            "id": uid("categoryOptionCombo", &full),
            "code": full,
            "name": full,
            "categoryCombo": { "id": uid("categoryCombo", code) },
            "categoryOptions": options.collect::<Vec<_>>(),
        })
    };
    pack.options(indicator).into_iter().map(of).collect()
}

/// A set for each way in which a form recurs; DHIS2 has no nine months, terms or events.
fn data_sets(pack: &Pack, form: &dondoc_core::pack::Form) -> Vec<Value> {
    let codes: BTreeSet<&str> = form.rows.iter().filter_map(|it| it.indicator.as_deref()).collect();
    let elements: Vec<Value> = codes
        .into_iter()
        .filter_map(|it| pack.indicator(it))
        .flat_map(elements)
        .map(|(code, _)| json!({ "dataElement": { "id": uid("dataElement", &code) } }))
        .collect();
    let of = |it: &Frequency| {
        let (kind, suffix) = match it {
            Frequency::Month => ("Monthly", "M"),
            Frequency::Quarter => ("Quarterly", "Q"),
            Frequency::Half => ("SixMonthly", "S"),
            Frequency::Year => ("Yearly", "Y"),
            _ => return None,
        };
        let code = format!("{}-{suffix}", form.code);
        Some(json!({
            "id": uid("dataSet", &code),
            "code": code,
            "name": format!("{} ({code})", form.name.vi),
            "shortName": shortened(&code),
            "periodType": kind,
            "version": form.version,
            "categoryCombo": { "id": DEFAULT_CATEGORY_COMBO },
            "dataSetElements": elements,
        }))
    };
    form.every.iter().filter_map(of).collect()
}
