//! `/api/maps`: outlines of units for the map, that the user loads; and the shapes of the units under one.

mod drawn;

use axum::{Json, body::Bytes};
use dondoc_core::unit::{Line, UnitId, Units};
use dondoc_exchange::geojson::{self, Area, MapFault};
use dondoc_store::{
    Action, StoreError,
    maps::{self, KeptMap},
};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::{
    ApiError, ask,
    desk::Desk,
    extract::{Asked, Id},
    refusals::Refusals,
};

pub(crate) use drawn::Drawn;

/// The most that a file of outlines may weigh.
pub(crate) const MAX_MAP_BYTES: usize = 48 << 20;
/// No more areas that fit no unit are told.
const MAX_TOLD: usize = 200;
/// The longest name of a map.
const MAX_NAME: usize = 120;

/// How a map is loaded.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct MapSent {
    /// The name of the file.
    name: String,
    /// The day whose units and codes are meant; today if nothing is said.
    #[param(value_type = Option<String>, format = Date)]
    on: Option<String>,
    /// Only says what would happen; nothing is kept.
    #[serde(default)]
    dry_run: bool,
}

/// What became of a map.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct LoadedMap {
    /// Null in a dry run.
    id: Option<i64>,
    n_areas: usize,
    /// Areas that fit a unit of the day.
    n_matched: usize,
    /// Areas that fit none, as the file names them; at most 200.
    unmatched: Vec<UnmatchedArea>,
}

/// An area that fits no unit.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct UnmatchedArea {
    key: Option<String>,
    code: Option<String>,
    name: Option<String>,
}

/// The maps that were loaded.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct MapList {
    /// The newest first.
    items: Vec<MapView>,
}

/// A map that was loaded.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct MapView {
    id: i64,
    name: String,
    n_areas: usize,
    by: String,
    #[schema(format = DateTime)]
    at: String,
}

/// Whose shapes are asked for.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct ShapesAsked {
    /// The units right under this one; the roots if nothing is said.
    under: Option<u32>,
    /// The day that counts; today if nothing is said.
    #[param(value_type = Option<String>, format = Date)]
    on: Option<String>,
}

/// Shapes of units, to be drawn.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ShapeList {
    /// Least x, least y, width and height of all of them.
    view_box: [i64; 4],
    items: Vec<ShapeView>,
    /// Units of the territory that no map has.
    without: Vec<u32>,
}

/// The shape of a unit.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ShapeView {
    unit: u32,
    /// A path of SVG, to be filled by the rule `evenodd`.
    path: String,
}

/// Loads a map: GeoJSON in longitude and latitude, an area for each unit with its `key` or `code`. Kept simplified.
#[utoipa::path(
    post, path = "/api/maps", tag = "units", params(MapSent),
    request_body(content = String, content_type = "application/geo+json", description = "The file"),
    responses((status = 200, body = LoadedMap), Refusals)
)]
pub(crate) async fn load(
    desk: Desk,
    Asked(sent): Asked<MapSent>,
    body: Bytes,
) -> Result<Json<LoadedMap>, ApiError> {
    let on = ask::day("on", sent.on)?.unwrap_or_else(|| desk.today());
    let by = desk.by();
    let name: String =
        sent.name.trim().chars().filter(|it| !it.is_control()).take(MAX_NAME).collect();
    if name.is_empty() {
        return Err(ApiError::BadRequest { detail: "name".to_owned() });
    }
    desk.consult(move |ledger| {
        let areas = geojson::read(&body)?;
        let units = ledger.look(|books| std::sync::Arc::clone(&books.units));
        let (matched, unmatched): (Vec<&Area>, Vec<&Area>) =
            areas.iter().partition(|it| unit_of(&units, it, on).is_some());
        let keep = || {
            let text = geojson::write(&areas);
            ledger.store().write(|tx| {
                let id = maps::put(tx, &name, (&text, areas.len()), &by)?;
                let action = Action { by: by.clone(), verb: "map.load", object: id.to_string() };
                Ok::<_, StoreError>((id, action))
            })
        };
        let id = (!sent.dry_run).then(keep).transpose()?;
        let told = unmatched.iter().take(MAX_TOLD).map(|it| UnmatchedArea {
            key: it.key.clone(),
            code: it.code.clone(),
            name: it.name.clone(),
        });
        Ok::<_, ApiError>(Json(LoadedMap {
            id,
            n_areas: areas.len(),
            n_matched: matched.len(),
            unmatched: told.collect(),
        }))
    })
    .await
}

/// The maps that were loaded.
#[utoipa::path(
    get, path = "/api/maps", tag = "units", responses((status = 200, body = MapList), Refusals)
)]
pub(crate) async fn list(desk: Desk) -> Result<Json<MapList>, ApiError> {
    let found = desk.ask(|store| store.read(maps::list)).await?;
    Ok(Json(MapList { items: found.into_iter().map(MapView::from).collect() }))
}

/// Takes a map away.
#[utoipa::path(
    delete, path = "/api/maps/{id}", tag = "units",
    params(("id" = i64, Path, description = "The map")),
    responses((status = 200, body = MapList), Refusals)
)]
pub(crate) async fn remove(desk: Desk, Id(id): Id) -> Result<Json<MapList>, ApiError> {
    let by = desk.by();
    let left = desk.ask(move |store| {
        store.write(|tx| {
            if !maps::list(tx)?.iter().any(|it| it.id == id) {
                return Err(ApiError::NotFound);
            }
            maps::drop(tx, id)?;
            let action = Action { by: by.clone(), verb: "map.remove", object: id.to_string() };
            Ok::<_, ApiError>((maps::list(tx)?, action))
        })
    });
    Ok(Json(MapList { items: left.await?.into_iter().map(MapView::from).collect() }))
}

/// The shapes of the units right under one; of two maps with a unit the newer one counts.
#[utoipa::path(
    get, path = "/api/maps/shapes", tag = "units", params(ShapesAsked),
    responses((status = 200, body = ShapeList), Refusals)
)]
pub(crate) async fn shapes(
    desk: Desk,
    Asked(asked): Asked<ShapesAsked>,
) -> Result<Json<ShapeList>, ApiError> {
    let on = ask::day("on", asked.on)?.unwrap_or_else(|| desk.today());
    let drawn = desk.app().drawn().clone();
    desk.consult(move |ledger| {
        let units = ledger.look(|books| std::sync::Arc::clone(&books.units));
        let mut wanted = territory(&units, asked.under.map(UnitId), on)?;
        let mut found: Vec<(UnitId, Area)> = Vec::new();
        let heads = ledger.store().read(maps::list)?;
        drawn.forget_others(&heads);
        for head in heads {
            if wanted.is_empty() {
                break;
            }
            let areas = drawn.areas(&head, || {
                let body = ledger.store().read(|tx| maps::body(tx, head.id))?;
                Ok(geojson::read(body.unwrap_or_default().as_bytes())?)
            })?;
            for area in areas.iter() {
                let unit = unit_of(&units, area, on).filter(|it| wanted.contains(it));
                if let Some(unit) = unit {
                    wanted.retain(|it| *it != unit);
                    found.push((unit, area.clone()));
                }
            }
        }
        Ok::<_, ApiError>(Json(ShapeList {
            view_box: around(&found),
            without: wanted.into_iter().map(|it| it.0).collect(),
            items: found
                .iter()
                .map(|(unit, it)| ShapeView { unit: unit.0, path: it.path() })
                .collect(),
        }))
    })
    .await
}

/// The units under another that are part of the State's territory; a department has no outline.
fn territory(units: &Units, under: Option<UnitId>, on: Date) -> Result<Vec<UnitId>, ApiError> {
    let tree = units.tree(Line::State, on);
    let places: Vec<usize> = match under {
        Some(under) => tree.children(tree.place(under).ok_or(ApiError::NotFound)?).collect(),
        None => (0..tree.len()).filter(|it| tree.parent(*it).is_none()).collect(),
    };
    let is_land = |it: &UnitId| {
        units.get(*it).and_then(|it| it.kind_on(on)).is_some_and(|it| it.level().is_some())
    };
    Ok(places.into_iter().map(|it| tree.units()[it]).filter(is_land).collect())
}

/// The unit of an area: by the key that never changes, else by its code on the day.
///
/// Codes of provinces and communes may be alike, so the name decides between several.
fn unit_of(units: &Units, area: &Area, on: Date) -> Option<UnitId> {
    let living = |it: &UnitId| units.get(*it).is_some_and(|it| it.life().contains(on));
    if let Some(unit) = area.key.as_deref().and_then(|it| units.by_key(it)).filter(living) {
        return Some(unit);
    }
    let coded = units.by_code(area.code.as_deref()?, on);
    let [only] = coded.as_slice() else {
        let named = units.find(area.name.as_deref()?, on);
        return coded.into_iter().find(|it| named.contains(it));
    };
    Some(*only)
}

fn around(areas: &[(UnitId, Area)]) -> [i64; 4] {
    let bounds: Vec<[i64; 4]> = areas.iter().map(|it| it.1.bounds()).collect();
    let least = |at: usize| bounds.iter().map(|it| it[at]).min().unwrap_or(0);
    let most = |at: usize| bounds.iter().map(|it| it[at]).max().unwrap_or(0);
    let (x, y) = (least(0), least(1));
    [x, y, (most(2) - x).max(1), (most(3) - y).max(1)]
}

impl From<KeptMap> for MapView {
    fn from(it: KeptMap) -> Self {
        Self { id: it.id, name: it.name, n_areas: it.n_areas, by: it.actor, at: it.loaded_at }
    }
}

impl From<MapFault> for ApiError {
    fn from(fault: MapFault) -> Self {
        let vi = match fault {
            MapFault::NotGeoJson => {
                "tệp không phải GeoJSON gồm một tập hợp đối tượng (FeatureCollection)".to_owned()
            }
            MapFault::TooLarge => format!(
                "tệp có quá nhiều vùng hoặc quá nhiều điểm (nhiều nhất {} vùng, {} điểm)",
                geojson::MAX_AREAS,
                geojson::MAX_POINTS
            ),
            MapFault::NotDegrees { feature } => {
                format!("đối tượng thứ {feature} có điểm không phải kinh độ, vĩ độ")
            }
            MapFault::NoPolygon { feature } => {
                format!("đối tượng thứ {feature} không phải là một vùng (Polygon, MultiPolygon)")
            }
            MapFault::Nameless { feature } => {
                format!("đối tượng thứ {feature} không có khóa (key) hoặc mã đơn vị (code, ma)")
            }
            MapFault::Empty => "tệp không có vùng nào".to_owned(),
        };
        Self::BadMap { vi, en: fault.to_string() }
    }
}
