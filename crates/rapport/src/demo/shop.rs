//! The shop of the demo's company: a few pages of another origin, with the chat on them.

use std::net::SocketAddr;

use axum::Router;
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use base::Result;
use tokio::net::TcpListener;

const STYLE: &str = include_str!("../../demo/shop/shop.css");

const KETTLE: &str = r#"<svg viewBox="0 0 240 180" aria-hidden="true"><path class="fill" d="M82 78h76l14 72H68z"/><path d="M92 78c0-18 12-26 28-26s28 8 28 26M120 52v-9M68 128c-24-4-30-22-26-44l-14-8M158 82c30-6 46 10 42 34-2 12-12 20-30 22"/></svg>"#;
const GRINDER: &str = r#"<svg viewBox="0 0 240 180" aria-hidden="true"><path class="fill" d="M84 28h72l-12 46H96z"/><path d="M96 74h48v18H96zM88 92h64l8 60H80zM120 28V16M120 16h46M166 10v12M106 114h28v26h-28z"/></svg>"#;
const MACHINE: &str = r#"<svg viewBox="0 0 240 180" aria-hidden="true"><path class="fill" d="M46 34h148v38H46z"/><path d="M58 72v72h124V72M40 152h160M104 72v16h32V72M112 88v10M128 88v10M136 82h34M106 128h28v16h-28zM134 132h8v8h-8M66 52h18M172 46a6 6 0 1 0 .1 0"/></svg>"#;

/// Where the chat comes from.
#[derive(Clone)]
struct Shop {
    desk: String,
    key: String,
}

/// Opens the shop at a free port of this machine.
pub async fn open(desk: String, key: String) -> Result<SocketAddr> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let address = listener.local_addr()?;
    let router = Router::new()
        .route("/", get(|State(shop): State<Shop>| async move { shop.page("/", "Coffee, made slowly", &home()) }))
        .route("/kettles", get(|State(shop): State<Shop>| async move { shop.page("/kettles", "Kettles", &goods(&KETTLES)) }))
        .route("/grinders", get(|State(shop): State<Shop>| async move { shop.page("/grinders", "Grinders", &goods(&GRINDERS)) }))
        .route("/shop.css", get(|| async { ([(header::CONTENT_TYPE, "text/css; charset=utf-8")], STYLE) }))
        .with_state(Shop { desk, key });
    tokio::spawn(async move {
        if let Err(e) = axum::serve(listener, router).await {
            tracing::error!(error = %e, "the shop of the demo has ended");
        }
    });
    Ok(address)
}

impl Shop {
    /// As strict as a page with a chat can be: our own style, and the desk's script and frame.
    fn policy(&self) -> String {
        let desk = &self.desk;
        format!(
            "default-src 'none'; style-src 'self'; script-src {desk}; frame-src {desk}; form-action 'none'; \
             base-uri 'none'; require-trusted-types-for 'script'"
        )
    }

    fn page(&self, here: &str, title: &str, body: &str) -> Response {
        let link = |path: &str, name: &str| {
            let current = if path == here { " aria-current=\"page\"" } else { "" };
            format!("<a href=\"{path}\"{current}>{name}</a>")
        };
        let html = format!(
            "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
             <title>{title} | Linden &amp; Lark</title><link rel=\"stylesheet\" href=\"/shop.css\"></head><body>\
             <header><strong>Linden <span>&amp;</span> Lark</strong><nav aria-label=\"Shop\">{}{}{}</nav></header>\
             <main>{body}</main><footer>A shop that does not exist, for the demo of Rapport. Ask in the chat: \
             it rings at the desk.</footer><script async src=\"{}/widget.js?key={}\"></script></body></html>",
            link("/", "Start"),
            link("/kettles", "Kettles"),
            link("/grinders", "Grinders"),
            self.desk,
            self.key,
        );
        let headers = [
            (header::CONTENT_TYPE, "text/html; charset=utf-8".to_owned()),
            (header::CONTENT_SECURITY_POLICY, self.policy()),
            (header::X_CONTENT_TYPE_OPTIONS, "nosniff".to_owned()),
        ];
        (headers, html).into_response()
    }
}

struct Good {
    name: &'static str,
    text: &'static str,
    price: &'static str,
    picture: &'static str,
}

static KETTLES: [Good; 3] = [
    Good {
        name: "Brook kettle",
        text: "Gooseneck, 0.8 l, holds 92 °C for half an hour.",
        price: "€ 89",
        picture: KETTLE,
    },
    Good {
        name: "Brook kettle, large",
        text: "1.2 l for the whole table, with a quiet lid.",
        price: "€ 109",
        picture: KETTLE,
    },
    Good {
        name: "Lid for Brook",
        text: "For lids that squeak. Fits both sizes.",
        price: "€ 9",
        picture: KETTLE,
    },
];

static GRINDERS: [Good; 2] = [
    Good {
        name: "Grinder S",
        text: "By hand, for the bag or the kitchen shelf.",
        price: "€ 119",
        picture: GRINDER,
    },
    Good {
        name: "Grinder M",
        text: "Steel burrs, forty steps, and a drawer that shuts.",
        price: "€ 329",
        picture: GRINDER,
    },
];

fn goods(list: &[Good]) -> String {
    let items: String = list
        .iter()
        .map(|good| {
            let Good { name, text, price, picture } = good;
            format!("<li>{picture}<div><h2>{name}</h2><p>{text}</p><span class=\"price\">{price}</span></div></li>")
        })
        .collect();
    format!("<ul class=\"goods\">{items}</ul>")
}

fn home() -> String {
    let [kettle, ..] = &KETTLES;
    let [small, large] = &GRINDERS;
    let shelf: String =
        [kettle, small, large].into_iter().map(|good| goods(std::slice::from_ref(good))).collect();
    let shelf = shelf.replace("</ul><ul class=\"goods\">", "");
    format!(
        "<section class=\"hero\"><div><h1>Coffee, made slowly.</h1><p>Espresso machines, grinders and kettles, built \
         in Hamburg and repaired for as long as you drink coffee.</p><a class=\"call\" href=\"/grinders\">See the \
         grinders</a></div>{MACHINE}</section>{shelf}"
    )
}
