//! Which group, commune and producer goods count for: those that were frozen when they sold; and where none was known then, those that
//! the product in the catalogue has by now. That is so mostly of what a store had added itself, and holds for every product. The page of
//! sales and the official report have this rule from here, so that both put each đồng in the same place.

/// Writes the joins behind `product_facts` that the columns below need: the product that was told of, as `told`, and the one of the
/// catalogue that it is, as `products`.
macro_rules! join_products {
    () => {
        " join products told on told.id = product_facts.product_id
          join products on products.id = coalesce(told.merged_into, told.id)"
    };
}

/// Writes the join of the producer that goods count for, as `producers`; behind the products.
macro_rules! join_producers {
    () => {
        $crate::db::same_producers::join_counted!("coalesce(product_facts.producer_id, products.producer_id)")
    };
}

/// Writes the code of the group.
macro_rules! group_code {
    () => {
        "coalesce(product_facts.group_code, products.group_code)"
    };
}

/// Writes the commune; empty where nobody ever said one.
macro_rules! commune {
    () => {
        "coalesce(nullif(product_facts.commune, ''), products.commune)"
    };
}

/// Writes whose they are, before it is looked up which producer that one is counted as.
macro_rules! producer_id {
    () => {
        "coalesce(product_facts.producer_id, products.producer_id)"
    };
}

pub(super) use {commune, group_code, join_producers, join_products, producer_id};
