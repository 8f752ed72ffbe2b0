//! Two campaigns of the demonstration, made up like everything else: one that is over and was felt in one store, and one that runs.

use central::admin::{Admin, NewCampaign};
use domain::Money;
use domain::campaign::CampaignKind;
use domain::ids::{ProductId, StoreId};
use time::{Date, Duration};
use web::format::local_date;

use crate::department::{SHOPS, Shop};
use crate::goods::Goods;

/// A campaign, counted in days before the demonstration began.
struct Told {
    name: &'static str,
    kind: CampaignKind,
    first_day_ago: i64,
    last_day_ago: i64,
    cost_vnd: i64,
    /// What the names of its goods begin with.
    goods: &'static str,
    /// The code of its store; all of them without.
    store: Option<&'static str>,
    /// How often its goods sell in those days, in tenths of other days.
    sells_tenths: u64,
    /// Who asked, by days after the first.
    enquiries: &'static [(i64, i64)],
}

const CAMPAIGNS: [Told; 2] = [
    Told {
        name: "Tuần lễ tỏi Lý Sơn (minh họa)",
        kind: CampaignKind::Tasting,
        first_day_ago: 44,
        last_day_ago: 31,
        cost_vnd: 12_000_000,
        goods: "Tỏi",
        store: Some("LS"),
        sells_tenths: 26,
        enquiries: &[(1, 14), (2, 9), (6, 22), (7, 17)],
    },
    Told {
        name: "Quế Trà Bồng lên sóng truyền hình (minh họa)",
        kind: CampaignKind::Media,
        first_day_ago: 6,
        last_day_ago: -8,
        cost_vnd: 25_000_000,
        goods: "Bột quế",
        store: None,
        sells_tenths: 15,
        enquiries: &[(1, 5)],
    },
];

impl Told {
    fn is_for(&self, one: &Goods) -> bool {
        one.name.starts_with(self.goods)
    }

    fn days(&self, today: Date) -> (Date, Date) {
        (today - Duration::days(self.first_day_ago), today - Duration::days(self.last_day_ago))
    }
}

/// Records the campaigns, and who asked.
///
/// # Errors
/// When central refuses something; a bug of ours.
pub(crate) async fn add(
    central: &central::App,
    admin: &Admin,
    (products, goods): (&[ProductId], &[Goods]),
    stores: &[StoreId],
) -> anyhow::Result<()> {
    let today = local_date(central.clock.now_ms());
    for told in &CAMPAIGNS {
        let id = central.clock.new_uuid().into();
        let (first_day, last_day) = told.days(today);
        let of_store = |(shop, _): &(&Shop, &StoreId)| Some(shop.code) == told.store;
        let new = NewCampaign {
            name: told.name.to_owned(),
            kind: told.kind,
            first_day,
            last_day,
            cost: Money::new(told.cost_vnd),
            products: goods
                .iter()
                .zip(products)
                .filter(|(one, _)| told.is_for(one))
                .map(|(_, id)| *id)
                .collect(),
            stores: SHOPS.iter().zip(stores).filter(of_store).map(|(_, store)| *store).collect(),
            note: String::new(),
        };
        admin.add_campaign(id, &new).await?;
        for (after, count) in told.enquiries {
            admin.count_enquiries(id, first_day + Duration::days(*after), *count).await?;
        }
    }
    Ok(())
}

/// Returns how often some goods sell in a store on a day, in tenths of what they do without a campaign.
pub(crate) fn sells_tenths(store: &str, one: &Goods, day: Date, today: Date) -> u64 {
    let runs = |told: &&Told| {
        let (first, last) = told.days(today);
        first <= day && day <= last && told.store.is_none_or(|code| code == store)
    };
    let of_campaign = CAMPAIGNS.iter().filter(runs).find(|told| told.is_for(one));
    of_campaign.map_or(10, |told| told.sells_tenths)
}
