//! Every route with every role. A new route needs a row here.

use axum::http::Method;
use central::db::Db;
use central::db::users::Role;
use uuid::Uuid;

use super::browser::{Browser, add_user, location, text};
use crate::imports::lists::bring;
use crate::promotions::tet;
use crate::support::fair::add_fair;
use crate::support::random_world::added as added_product;
use crate::support::settling::{joint, settlement};
use crate::support::{Answer, Goods, Till, World};

testkit::on_both_engines!(each_route_lets_in_whom_the_table_names);

/// Statuses for nobody, administrator, department, operator, producer; with a token where it is an act.
const TABLE: &[(&str, &str, [u16; 5])] = &[
    ("GET", "/", [303, 303, 303, 303, 303]),
    ("GET", "/login", [200, 303, 303, 303, 303]),
    ("POST", "/login", [422, 422, 422, 422, 422]),
    ("GET", "/login/code", [303; 5]),
    ("POST", "/login/code", [422; 5]),
    ("GET", "/account", [303, 200, 200, 200, 200]),
    // Without the fields, or a login that is there.
    ("POST", "/account/password", [401, 422, 422, 422, 422]),
    ("POST", "/account/sessions/{session}/end", [401, 404, 404, 404, 404]),
    // Without a name.
    ("POST", "/account/keys", [401, 422, 422, 422, 422]),
    ("POST", "/account/keys/{key}/end", [401, 404, 404, 404, 404]),
    ("POST", "/account/code", [401, 303, 303, 303, 303]),
    ("POST", "/account/code/confirm", [401, 422, 422, 422, 422]),
    ("POST", "/account/code/end", [401, 422, 422, 422, 422]),
    ("GET", "/people", [303, 200, 403, 403, 403]),
    ("GET", "/people.xlsx", [303, 200, 403, 403, 403]),
    ("GET", "/people.csv", [303, 200, 403, 403, 403]),
    ("GET", "/people/new", [303, 200, 403, 403, 403]),
    ("POST", "/people/new", [401, 422, 403, 403, 403]),
    ("GET", "/people/{user}", [303, 200, 403, 403, 403]),
    ("POST", "/people/{user}", [401, 422, 403, 403, 403]),
    ("POST", "/people/{user}/link", [401, 200, 403, 403, 403]),
    ("POST", "/people/{user}/disable", [401, 303, 403, 403, 403]),
    ("POST", "/people/{user}/enable", [401, 303, 403, 403, 403]),
    ("POST", "/people/{user}/sessions/end", [401, 303, 403, 403, 403]),
    ("POST", "/people/{user}/code/end", [401, 303, 403, 403, 403]),
    ("GET", "/audit", [303, 200, 403, 403, 403]),
    ("GET", "/audit.xlsx", [303, 200, 403, 403, 403]),
    ("GET", "/audit.csv", [303, 200, 403, 403, 403]),
    ("GET", "/audit/period", [303, 200, 403, 403, 403]),
    ("GET", "/audit/period.xlsx", [303, 200, 403, 403, 403]),
    ("GET", "/audit/period.csv", [303, 200, 403, 403, 403]),
    ("GET", "/audit/period.zip", [303, 200, 403, 403, 403]),
    ("GET", "/audit/period/{line}", [303, 200, 403, 403, 403]),
    ("GET", "/shops", [303, 403, 403, 200, 403]),
    ("GET", "/shops/producers", [303, 403, 403, 200, 403]),
    ("GET", "/shops/producers.xlsx", [303, 403, 403, 200, 403]),
    ("GET", "/shops/producers.csv", [303, 403, 403, 200, 403]),
    ("GET", "/shops/producers/{producer}", [303, 403, 403, 200, 403]),
    // Without the fields.
    ("POST", "/shops/producers/{producer}", [401, 403, 403, 422, 403]),
    ("GET", "/shops/producers/{producer}/account", [303, 403, 403, 200, 403]),
    // Without the fields.
    ("POST", "/shops/producers/{producer}/account", [401, 403, 403, 422, 403]),
    ("GET", "/shops/nominations", [303, 403, 403, 200, 403]),
    ("POST", "/shops/nominations/{nomination}/{store}", [401, 403, 403, 422, 403]),
    ("GET", "/shops/joint/{joint}", [303, 403, 403, 200, 403]),
    ("GET", "/shops/terms", [303, 403, 403, 200, 403]),
    ("GET", "/shops/terms.xlsx", [303, 403, 403, 200, 403]),
    ("GET", "/shops/terms.csv", [303, 403, 403, 200, 403]),
    // Without the fields.
    ("POST", "/shops/terms", [401, 403, 403, 422, 403]),
    // Without the fields.
    ("POST", "/shops/terms/end", [401, 403, 403, 422, 403]),
    ("GET", "/shops/settlements", [303, 403, 403, 200, 403]),
    ("GET", "/shops/settlements.xlsx", [303, 403, 403, 200, 403]),
    ("GET", "/shops/settlements.csv", [303, 403, 403, 200, 403]),
    ("GET", "/shops/settlements/{stream}/{seq}", [303, 403, 403, 200, 403]),
    ("GET", "/shops/settlements/{stream}/{seq}/moves", [303, 403, 403, 200, 403]),
    // Without the fields; there is no such photograph.
    ("POST", "/shops/settlements/{stream}/{seq}/reply", [401, 403, 403, 422, 403]),
    ("POST", "/shops/settlements/{stream}/{seq}/sign", [401, 403, 403, 422, 403]),
    ("POST", "/shops/settlements/{stream}/{seq}/papers", [401, 403, 403, 422, 403]),
    ("GET", "/shops/settlements/{stream}/{seq}/papers/{paper}", [303, 403, 403, 404, 403]),
    ("GET", "/sales", [303, 200, 200, 200, 403]),
    ("GET", "/sales.xlsx", [303, 200, 200, 200, 403]),
    ("GET", "/sales.csv", [303, 200, 200, 200, 403]),
    ("GET", "/inventory", [303, 200, 200, 200, 403]),
    ("GET", "/inventory.xlsx", [303, 200, 200, 200, 403]),
    ("GET", "/inventory.csv", [303, 200, 200, 200, 403]),
    ("GET", "/products", [303, 200, 200, 403, 403]),
    ("GET", "/products.xlsx", [303, 200, 200, 403, 403]),
    ("GET", "/products.csv", [303, 200, 200, 403, 403]),
    ("GET", "/products/groups", [303, 200, 200, 403, 403]),
    ("GET", "/products/groups.xlsx", [303, 200, 200, 403, 403]),
    ("GET", "/products/groups.csv", [303, 200, 200, 403, 403]),
    // Without the fields; back to the page, since products are in it.
    ("POST", "/products/groups", [401, 422, 403, 403, 403]),
    ("POST", "/products/groups/{group}/end", [401, 303, 403, 403, 403]),
    ("GET", "/products/standards", [303, 200, 200, 403, 403]),
    ("GET", "/products/standards.xlsx", [303, 200, 200, 403, 403]),
    ("GET", "/products/standards.csv", [303, 200, 200, 403, 403]),
    // Without the fields.
    ("POST", "/products/standards/levels", [401, 422, 403, 403, 403]),
    ("POST", "/products/standards/criteria", [401, 422, 403, 403, 403]),
    ("GET", "/products/new", [303, 200, 403, 403, 403]),
    // Without the fields.
    ("POST", "/products/new", [401, 422, 403, 403, 403]),
    // Without a choice.
    ("GET", "/products/bulk", [303, 422, 403, 403, 403]),
    ("POST", "/products/bulk", [401, 422, 403, 403, 403]),
    ("GET", "/products/{product}", [303, 200, 200, 403, 403]),
    ("GET", "/products/{product}/history.xlsx", [303, 200, 200, 403, 403]),
    ("GET", "/products/{product}/prices.csv", [303, 200, 200, 403, 403]),
    ("GET", "/products/{product}/decisions.csv", [303, 200, 200, 403, 403]),
    ("GET", "/products/{product}/edit", [303, 200, 403, 403, 403]),
    ("POST", "/products/{product}/edit", [401, 422, 403, 403, 403]),
    ("GET", "/products/{product}/recognise", [303, 200, 403, 403, 403]),
    ("POST", "/products/{product}/recognise", [401, 422, 403, 403, 403]),
    // A form without fields says that the paper says nothing.
    ("GET", "/products/{product}/recognitions/{recognition}/edit", [303, 200, 403, 403, 403]),
    ("POST", "/products/{product}/recognitions/{recognition}/edit", [401, 303, 403, 403, 403]),
    ("POST", "/products/{product}/recognitions/{recognition}/withdraw", [401, 303, 403, 403, 403]),
    ("POST", "/products/{product}/retire", [401, 303, 403, 403, 403]),
    // There is none; and without a file.
    ("GET", "/products/{product}/recognitions/{recognition}/scan", [303, 404, 404, 403, 403]),
    ("POST", "/products/{product}/recognitions/{recognition}/scan", [401, 422, 403, 403, 403]),
    ("GET", "/products/{product}/papers/new", [303, 200, 403, 403, 403]),
    ("POST", "/products/{product}/papers/new", [401, 422, 403, 403, 403]),
    ("POST", "/products/{product}/papers/{paper}/withdraw", [401, 422, 403, 403, 403]),
    ("GET", "/products/{product}/papers/{paper}/scan", [303, 404, 404, 403, 403]),
    ("GET", "/products/{product}/nominate", [303, 200, 403, 403, 403]),
    // Without the fields.
    ("POST", "/products/{product}/nominate", [401, 422, 403, 403, 403]),
    ("GET", "/nominations", [303, 200, 200, 403, 403]),
    ("GET", "/nominations.xlsx", [303, 200, 200, 403, 403]),
    ("GET", "/nominations.csv", [303, 200, 200, 403, 403]),
    // There is none.
    ("GET", "/nominations/{nomination}", [303, 404, 404, 403, 403]),
    ("POST", "/nominations/{nomination}/check", [401, 422, 403, 403, 403]),
    ("POST", "/nominations/{nomination}/step", [401, 422, 403, 403, 403]),
    ("GET", "/dossiers", [303, 200, 200, 403, 403]),
    ("GET", "/dossiers.xlsx", [303, 200, 200, 403, 403]),
    ("GET", "/dossiers.csv", [303, 200, 200, 403, 403]),
    ("GET", "/dossiers/kinds", [303, 200, 200, 403, 403]),
    ("GET", "/dossiers/kinds.xlsx", [303, 200, 200, 403, 403]),
    ("GET", "/dossiers/kinds.csv", [303, 200, 200, 403, 403]),
    ("POST", "/dossiers/kinds", [401, 422, 403, 403, 403]),
    ("POST", "/dossiers/kinds/{kind}/end", [401, 303, 403, 403, 403]),
    ("GET", "/producers", [303, 200, 200, 403, 403]),
    ("GET", "/producers.xlsx", [303, 200, 200, 403, 403]),
    ("GET", "/producers.csv", [303, 200, 200, 403, 403]),
    ("GET", "/producers/new", [303, 200, 403, 403, 403]),
    ("POST", "/producers/new", [401, 422, 403, 403, 403]),
    // Without the other one; of nobody who was united.
    ("POST", "/producers/{producer}/same", [401, 422, 403, 403, 403]),
    ("POST", "/producers/{producer}/same/end", [401, 303, 403, 403, 403]),
    ("GET", "/producers/{producer}/edit", [303, 200, 403, 403, 403]),
    ("POST", "/producers/{producer}/edit", [401, 422, 403, 403, 403]),
    ("POST", "/producers/{producer}/key", [401, 200, 403, 403, 403]),
    ("POST", "/producers/{producer}/key/end", [401, 303, 403, 403, 403]),
    // Without a login.
    ("POST", "/producers/{producer}/link", [401, 422, 403, 403, 403]),
    ("GET", "/places", [303, 200, 200, 403, 403]),
    ("GET", "/places.xlsx", [303, 200, 200, 403, 403]),
    ("GET", "/places.csv", [303, 200, 200, 403, 403]),
    // Without the fields.
    ("POST", "/places", [401, 422, 403, 403, 403]),
    ("GET", "/places/former", [303, 200, 200, 403, 403]),
    ("GET", "/places/former.xlsx", [303, 200, 200, 403, 403]),
    ("GET", "/places/former.csv", [303, 200, 200, 403, 403]),
    // Without the fields, or a file.
    ("POST", "/places/former", [401, 422, 403, 403, 403]),
    ("POST", "/places/former/end", [401, 422, 403, 403, 403]),
    ("POST", "/places/file", [401, 422, 403, 403, 403]),
    ("POST", "/places/bring", [401, 422, 403, 403, 403]),
    ("POST", "/places/{place}/end", [401, 303, 403, 403, 403]),
    ("GET", "/promotions", [303, 200, 200, 200, 403]),
    ("GET", "/promotions.xlsx", [303, 200, 200, 200, 403]),
    ("GET", "/promotions.csv", [303, 200, 200, 200, 403]),
    ("GET", "/promotions/new", [303, 200, 403, 403, 403]),
    ("POST", "/promotions/new", [401, 422, 403, 403, 403]),
    ("POST", "/promotions/{promotion}/end", [401, 303, 403, 403, 403]),
    ("GET", "/campaigns", [303, 200, 200, 403, 403]),
    ("GET", "/campaigns.xlsx", [303, 200, 200, 403, 403]),
    ("GET", "/campaigns.csv", [303, 200, 200, 403, 403]),
    ("GET", "/campaigns/outcome", [303, 200, 200, 403, 403]),
    ("GET", "/campaigns/outcome.xlsx", [303, 200, 200, 403, 403]),
    ("GET", "/campaigns/outcome.csv", [303, 200, 200, 403, 403]),
    ("GET", "/campaigns/introductions", [303, 200, 200, 403, 403]),
    ("GET", "/campaigns/introductions.xlsx", [303, 200, 200, 403, 403]),
    ("GET", "/campaigns/introductions.csv", [303, 200, 200, 403, 403]),
    // Without the fields; there is no such one.
    ("POST", "/campaigns/introductions", [401, 422, 403, 403, 403]),
    ("POST", "/campaigns/introductions/{introduction}/withdraw", [401, 404, 403, 403, 403]),
    ("GET", "/campaigns/new", [303, 200, 403, 403, 403]),
    ("GET", "/campaigns/{campaign}", [303, 200, 200, 403, 403]),
    ("GET", "/campaigns/{campaign}/effect.xlsx", [303, 200, 200, 403, 403]),
    ("GET", "/campaigns/{campaign}/effect.csv", [303, 200, 200, 403, 403]),
    ("GET", "/campaigns/{campaign}/edit", [303, 200, 403, 403, 403]),
    // Without the fields.
    ("POST", "/campaigns/new", [401, 422, 403, 403, 403]),
    ("POST", "/campaigns/{campaign}/edit", [401, 422, 403, 403, 403]),
    ("POST", "/campaigns/{campaign}/enquiries", [401, 422, 403, 403, 403]),
    ("POST", "/campaigns/{campaign}/end", [401, 303, 403, 403, 403]),
    ("GET", "/provisional", [303, 200, 200, 403, 403]),
    ("GET", "/provisional.xlsx", [303, 200, 200, 403, 403]),
    ("GET", "/provisional.csv", [303, 200, 200, 403, 403]),
    ("GET", "/provisional/{product}", [303, 200, 403, 403, 403]),
    // Without the fields.
    ("POST", "/provisional/{product}/confirm", [401, 422, 403, 403, 403]),
    ("POST", "/provisional/{product}/merge", [401, 422, 403, 403, 403]),
    ("GET", "/scans", [303, 200, 200, 403, 403]),
    ("GET", "/scans.xlsx", [303, 200, 200, 403, 403]),
    ("GET", "/scans.csv", [303, 200, 200, 403, 403]),
    ("GET", "/01/{gtin}", [200; 5]),
    ("GET", "/01/{gtin}/10/{lot}", [200; 5]),
    ("GET", "/s/{code}", [200; 5]),
    ("GET", "/s/{code}/10/{lot}", [200; 5]),
    ("GET", "/imports", [303, 200, 403, 403, 403]),
    ("GET", "/imports.xlsx", [303, 200, 403, 403, 403]),
    ("GET", "/imports.csv", [303, 200, 403, 403, 403]),
    // Without a file.
    ("POST", "/imports/file", [401, 422, 403, 403, 403]),
    ("GET", "/imports/{import}", [303, 200, 403, 403, 403]),
    ("GET", "/imports/{import}/result.xlsx", [303, 200, 403, 403, 403]),
    ("GET", "/imports/{import}/result.csv", [303, 200, 403, 403, 403]),
    // Without a column, a row, an outcome.
    ("POST", "/imports/{import}/columns", [401, 422, 403, 403, 403]),
    ("POST", "/imports/{import}/rows", [401, 303, 403, 403, 403]),
    ("POST", "/imports/{import}/apply", [401, 303, 403, 403, 403]),
    ("GET", "/reports", [303, 200, 200, 403, 403]),
    ("GET", "/reports.xlsx", [303, 200, 200, 403, 403]),
    ("GET", "/reports.csv", [303, 200, 200, 403, 403]),
    ("GET", "/reports/template", [303, 200, 200, 403, 403]),
    // Without the fields.
    ("POST", "/reports/template", [401, 422, 403, 403, 403]),
    ("POST", "/reports/template/reset", [401, 303, 403, 403, 403]),
    ("GET", "/reports/{period}", [303, 200, 200, 403, 403]),
    // Without the fields.
    ("POST", "/reports/{period}/words", [401, 422, 403, 403, 403]),
    ("POST", "/reports/{period}/seal", [401, 303, 403, 403, 403]),
    // Without the fields.
    ("POST", "/reports/{period}/sign", [401, 422, 403, 403, 403]),
    ("GET", "/stores", [303, 200, 200, 403, 403]),
    ("GET", "/stores.xlsx", [303, 200, 200, 403, 403]),
    ("GET", "/stores.csv", [303, 200, 200, 403, 403]),
    ("POST", "/stores/{store}/code", [401, 200, 403, 403, 403]),
    ("POST", "/stores/{store}/devices/{fingerprint}/approve", [401, 303, 403, 403, 403]),
    ("POST", "/stores/{store}/devices/{fingerprint}/adopt", [401, 409, 403, 403, 403]),
    ("POST", "/stores/{store}/devices/{fingerprint}/revoke", [401, 303, 403, 403, 403]),
    // Without words.
    ("POST", "/stores/exceptions/{stream}/{seq}", [401, 422, 403, 403, 403]),
    ("GET", "/points", [303, 200, 200, 403, 403]),
    ("GET", "/points.xlsx", [303, 200, 200, 403, 403]),
    ("GET", "/points.csv", [303, 200, 200, 403, 403]),
    ("GET", "/points/new", [303, 200, 403, 403, 403]),
    // Without the fields.
    ("POST", "/points/new", [401, 422, 403, 403, 403]),
    ("GET", "/points/ages", [303, 200, 200, 403, 403]),
    ("GET", "/points/ages.xlsx", [303, 200, 200, 403, 403]),
    ("GET", "/points/ages.csv", [303, 200, 200, 403, 403]),
    ("GET", "/points/things.xlsx", [303, 200, 200, 403, 403]),
    ("GET", "/points/equipment.csv", [303, 200, 200, 403, 403]),
    ("GET", "/points/costs.csv", [303, 200, 200, 403, 403]),
    ("GET", "/points/rules", [303, 200, 200, 403, 403]),
    ("GET", "/points/rules.xlsx", [303, 200, 200, 403, 403]),
    ("GET", "/points/rules.csv", [303, 200, 200, 403, 403]),
    ("POST", "/points/rules/threshold", [401, 422, 403, 403, 403]),
    ("POST", "/points/rules/criteria", [401, 422, 403, 403, 403]),
    // Without a reason.
    ("POST", "/points/rules/criteria/{set}/withdraw", [401, 422, 403, 403, 403]),
    ("POST", "/points/rules/locations", [401, 422, 403, 403, 403]),
    ("POST", "/points/rules/locations/{location}/end", [401, 303, 403, 403, 403]),
    ("GET", "/points/{point}", [303, 200, 200, 403, 403]),
    ("GET", "/points/{point}/edit", [303, 200, 403, 403, 403]),
    ("POST", "/points/{point}/edit", [401, 422, 403, 403, 403]),
    ("GET", "/points/{point}/labels", [303, 200, 200, 403, 403]),
    ("GET", "/points/{point}/products", [303, 200, 200, 403, 403]),
    ("GET", "/points/{point}/products.xlsx", [303, 200, 200, 403, 403]),
    ("GET", "/points/{point}/products.csv", [303, 200, 200, 403, 403]),
    // Without a product, or a point.
    ("POST", "/points/{point}/products", [401, 303, 403, 403, 403]),
    ("POST", "/points/{point}/products/take", [401, 422, 403, 403, 403]),
    ("GET", "/points/{point}/open", [303, 200, 403, 403, 403]),
    ("POST", "/points/{point}/open/operator", [401, 422, 403, 403, 403]),
    ("POST", "/points/{point}/open/store", [401, 422, 403, 403, 403]),
    ("POST", "/points/{point}/open/manager", [401, 422, 403, 403, 403]),
    ("POST", "/points/{point}/open/login", [401, 422, 403, 403, 403]),
    ("POST", "/points/{point}/open/code", [401, 200, 403, 403, 403]),
    ("POST", "/points/{point}/open/finish", [401, 422, 403, 403, 403]),
    ("GET", "/points/{point}/commission-tax", [303, 200, 403, 403, 403]),
    // Without the fields.
    ("POST", "/points/{point}/commission-tax", [401, 422, 403, 403, 403]),
    ("POST", "/points/{point}/steps", [401, 422, 403, 403, 403]),
    ("GET", "/points/{point}/check", [303, 200, 403, 403, 403]),
    ("POST", "/points/{point}/check", [401, 422, 403, 403, 403]),
    ("GET", "/points/{point}/equipment/new", [303, 200, 403, 403, 403]),
    ("POST", "/points/{point}/equipment/new", [401, 422, 403, 403, 403]),
    // There is none.
    ("POST", "/points/{point}/equipment/{piece}/gone", [401, 404, 403, 403, 403]),
    ("POST", "/points/{point}/equipment/{piece}/withdraw", [401, 404, 403, 403, 403]),
    ("GET", "/points/{point}/costs/new", [303, 200, 403, 403, 403]),
    ("POST", "/points/{point}/costs/new", [401, 422, 403, 403, 403]),
    // There is none.
    ("POST", "/points/{point}/costs/{cost}/withdraw", [401, 404, 403, 403, 403]),
    ("POST", "/points/{point}/files", [401, 422, 403, 403, 403]),
    ("GET", "/points/{point}/files/{file}", [303, 404, 404, 403, 403]),
    ("GET", "/me", [303, 403, 403, 403, 200]),
    ("GET", "/me/consigned", [303, 403, 403, 403, 200]),
    ("GET", "/me/deliveries", [303, 403, 403, 403, 200]),
    // Without a store.
    ("GET", "/me/moves", [303, 403, 403, 403, 404]),
    ("GET", "/me/settlements/{stream}/{seq}/moves", [303, 403, 403, 403, 200]),
    ("GET", "/me/announced", [303, 403, 403, 403, 200]),
    ("POST", "/me/announced", [401, 403, 403, 403, 422]),
    ("POST", "/me/announced/{delivery}/end", [401, 403, 403, 403, 404]),
    ("GET", "/me/sold", [303, 403, 403, 403, 200]),
    ("GET", "/me/terms", [303, 403, 403, 403, 200]),
    ("GET", "/me/grid", [303, 403, 403, 403, 200]),
    ("GET", "/me/grid.xlsx", [303, 403, 403, 403, 200]),
    ("GET", "/me/dossier", [303, 403, 403, 403, 200]),
    ("GET", "/me/settlements", [303, 403, 403, 403, 200]),
    ("GET", "/me/settlements/{stream}/{seq}", [303, 403, 403, 403, 200]),
    ("POST", "/me/settlements/{stream}/{seq}/papers", [401, 403, 403, 403, 422]),
    ("GET", "/me/settlements/{stream}/{seq}/papers/{paper}", [303, 403, 403, 403, 404]),
    ("GET", "/me/joint/{joint}", [303, 403, 403, 403, 200]),
    // No folder for news is set here.
    ("POST", "/me/news", [401, 403, 403, 403, 422]),
    ("POST", "/me/news/end", [401, 403, 403, 403, 303]),
    ("POST", "/me/reading-key/end", [401, 403, 403, 403, 303]),
    ("POST", "/me/reading-key", [401, 403, 403, 403, 200]),
    ("GET", "/p/{key}", [200; 5]),
    ("GET", "/p/{key}/consigned", [200; 5]),
    ("GET", "/p/{key}/deliveries", [200; 5]),
    ("GET", "/p/{key}/moves", [404; 5]),
    ("GET", "/p/{key}/settlements/{stream}/{seq}/moves", [200; 5]),
    ("GET", "/p/{key}/sold", [200; 5]),
    ("GET", "/p/{key}/terms", [200; 5]),
    ("GET", "/p/{key}/grid", [200; 5]),
    ("GET", "/p/{key}/grid.xlsx", [200; 5]),
    ("GET", "/p/{key}/dossier", [200; 5]),
    ("GET", "/p/{key}/settlements", [200; 5]),
    ("GET", "/p/{key}/settlements/{stream}/{seq}", [200; 5]),
    ("GET", "/p/{key}/settlements/{stream}/{seq}/papers/{paper}", [404; 5]),
    ("GET", "/p/{key}/joint/{joint}", [200; 5]),
    ("GET", "/welcome/{token}", [200; 5]),
    // Without a password.
    ("POST", "/welcome/{token}", [422; 5]),
    // Without words.
    ("POST", "/me/settlements/{stream}/{seq}/dispute", [401, 403, 403, 403, 422]),
    ("POST", "/me/settlements/{stream}/{seq}/insist", [401, 403, 403, 403, 422]),
    ("POST", "/me/settlements/{stream}/{seq}/confirm", [401, 403, 403, 403, 303]),
    // Last, since it ends the logins.
    ("POST", "/logout", [401, 303, 303, 303, 303]),
];

async fn each_route_lets_in_whom_the_table_names(db: Db) {
    let routes = central::router::pages();
    for route in &routes {
        let named = TABLE.iter().filter(|(method, path, _)| (*method, *path) == (route.method, route.path));
        assert_eq!(named.count(), 1, "{} {} needs its row", route.method, route.path);
    }
    assert_eq!(routes.len(), TABLE.len(), "a row without a route");

    // No route may need a second connection while it holds one.
    let world = World::new(db).await.on_one_reader();
    let waiting = Till::enrol(&world, world.store).await;
    let mut till = world.till().await;
    till.sell(&[(&world.garlic, 1)]);
    let added = Uuid::from_u128(77);
    till.sell(&[(&Goods { id: added.into(), facts: None, ..world.garlic.clone() }, 1)]);
    till.add_product(added_product(&world));
    let settled = settlement(world.phu_sinh, &[&till], 0);
    till.settle(&settled);
    till.push_from(&world, 1).await.ack();
    let joint = joint(&world, 0).await;
    let promotion = world.admin.add_promotion(&tet(&world)).await.unwrap();
    let campaign = add_fair(&world).await;
    let import = bring(&world, &["1;Tỏi;HTX Ba Tơ;;;;;;1.000;;"]).await;
    let roles =
        [Role::Admin, Role::Department, Role::Operator(world.operator), Role::Producer(world.phu_sinh)];
    let mut browsers = vec![Browser::new()];
    for role in roles {
        browsers.push(Browser::of(&world, role).await);
    }
    let garlic = browsers[1].json(&world, &format!("/products/{}", world.garlic.id)).await;
    let recognition = garlic["recognitions"][0]["recognition_id"].as_str().unwrap().to_owned();
    let newcomer = add_user(&world, "moi", Role::Producer(world.sa_huynh)).await;
    let other = add_user(&world, "khac", Role::Department).await;
    let link = central::welcome::make_link(&world.app, "test", newcomer).await.unwrap();
    for (method, path, expected) in TABLE {
        // The producer's own acts change the key.
        let key = central::reading::make_key(&world.app, "test", world.phu_sinh).await.unwrap();
        let path = path
            .replace("{key}", key.rsplit('/').next().unwrap())
            .replace("{token}", link.rsplit('/').next().unwrap())
            .replace("{store}", &world.store.to_string())
            .replace("{point}", &world.store.to_string())
            .replace("{location}", "market")
            .replace("{line}", "cash")
            .replace("{set}", &Uuid::nil().to_string())
            .replace("{piece}", &Uuid::nil().to_string())
            .replace("{cost}", &Uuid::nil().to_string())
            .replace("{file}", &Uuid::nil().to_string())
            .replace("{paper}", &Uuid::nil().to_string())
            .replace("{kind}", "brand")
            .replace("{place}", "21040")
            .replace("{group}", "food")
            .replace("{introduction}", &Uuid::nil().to_string())
            .replace("{nomination}", &Uuid::nil().to_string())
            .replace("{stream}", &till.stream.to_string())
            .replace("{seq}", &till.head.seq.to_string())
            .replace("/products/{product}", &format!("/products/{}", world.garlic.id))
            .replace("{recognition}", &recognition)
            .replace("{producer}", &world.phu_sinh.to_string())
            .replace("{product}", &added.to_string())
            .replace("{producer}", &world.phu_sinh.to_string())
            .replace("{joint}", &joint.to_string())
            .replace("{gtin}", "08938501234575")
            .replace("{code}", "TOI-DEN")
            .replace("{lot}", "L1")
            .replace("{promotion}", &promotion.to_string())
            .replace("{campaign}", &campaign.to_string())
            .replace("{import}", &import.to_string())
            .replace("{user}", &other.to_string())
            .replace("{session}", "00")
            .replace("{period}", "2026-q3")
            .replace("{fingerprint}", &waiting.key.public().fingerprint());
        // Those who may not come first: the last one may change something.
        for ((browser, page), status) in browsers.iter_mut().zip(FORMS).zip(expected).rev() {
            let answer = ask(&world, browser, method, &path, page).await;
            assert_eq!(answer.status, *status, "{method} {path} {:?}: {}", location(&answer), text(&answer));
            if *status == 303 && *method == "GET" && browser.cookie("login").is_none() {
                assert!(location(&answer).starts_with("/login"), "{path}");
            }
        }
    }
    let refused = "select cast(count(*) as bigint) from audit_log where action = 'access.refused'";
    let expected =
        TABLE.iter().flat_map(|(_, _, statuses)| statuses).filter(|status| **status == 403).count();
    assert_eq!(world.number(refused).await, i64::try_from(expected).unwrap(), "refusals are noted");
}

/// A page with a token for each of the five.
const FORMS: [&str; 5] = ["/login", "/sales", "/sales", "/sales", "/me"];

async fn ask(world: &World, browser: &mut Browser, method: &str, path: &str, page: &str) -> Answer {
    if method == "GET" {
        return browser.get(world, path).await;
    }
    let token = browser.token(world, page).await;
    browser.send(world, Method::POST, path, "text/html", Some(format!("csrf={token}"))).await
}
