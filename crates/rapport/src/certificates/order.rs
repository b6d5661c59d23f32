//! One order of a certificate: proofs, then the signature (RFC 8555 section 7.4).

use base::Result;
use base::error::internal;
use instant_acme::{
    Account, AuthorizationStatus, ChallengeType, Identifier, NewOrder, Order, OrderStatus, RetryPolicy,
};
use rcgen::{CertificateParams, DistinguishedName, KeyPair};

use super::account::refused;
use super::questions::{Answers, Given};

/// The chain and its new key, both as PEM.
pub async fn place(account: &Account, domains: &[String], answers: &Answers) -> Result<(String, String)> {
    let identifiers: Vec<Identifier> = domains.iter().cloned().map(Identifier::Dns).collect();
    let mut order = account.new_order(&NewOrder::new(&identifiers)).await.map_err(refused)?;
    // Answers stand until the order is through.
    let _given = prove(&mut order, answers).await?;
    match order.poll_ready(&RetryPolicy::default()).await.map_err(refused)? {
        OrderStatus::Ready => {}
        _ => return Err(refused(complaint(&mut order).await)),
    }
    let key = KeyPair::generate().map_err(internal)?;
    let mut wanted = CertificateParams::new(domains.to_vec()).map_err(internal)?;
    wanted.distinguished_name = DistinguishedName::new();
    let request = wanted.serialize_request(&key).map_err(internal)?;
    order.finalize_csr(request.der()).await.map_err(refused)?;
    let chain = order.poll_certificate(&RetryPolicy::default()).await.map_err(refused)?;
    Ok((chain, key.serialize_pem()))
}

/// Puts the answers down and lets the authority ask (RFC 8555 section 8.3).
async fn prove(order: &mut Order, answers: &Answers) -> Result<Vec<Given>> {
    let mut given = Vec::new();
    let mut authorizations = order.authorizations();
    while let Some(authorization) = authorizations.next().await {
        let mut authorization = authorization.map_err(refused)?;
        if authorization.status == AuthorizationStatus::Valid {
            continue;
        }
        let challenge = authorization.challenge(ChallengeType::Http01);
        let mut challenge = challenge.ok_or_else(|| refused("it offers no proof over HTTP"))?;
        given.push(answers.give(&challenge.token, challenge.key_authorization().as_str()));
        challenge.set_ready().await.map_err(refused)?;
    }
    Ok(given)
}

/// Why the authority was not content, in its own words.
async fn complaint(order: &mut Order) -> String {
    let mut said = Vec::new();
    let mut authorizations = order.authorizations();
    while let Some(Ok(mut authorization)) = authorizations.next().await {
        let domain = authorization.identifier().to_string();
        if let Ok(state) = authorization.refresh().await {
            let errors = state.challenges.iter().filter_map(|challenge| challenge.error.as_ref());
            said.extend(errors.map(|e| format!("{domain}: {}", e.detail.clone().unwrap_or_default())));
        }
    }
    if said.is_empty() { "the order was refused".to_owned() } else { said.join("; ") }
}
