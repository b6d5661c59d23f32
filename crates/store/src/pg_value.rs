//! Values on their way to and from PostgreSQL, fitted to the type that the server inferred.

use std::error::Error as StdError;

use base::error::internal;
use base::{Got, Result, Val};
use postgres::types::private::BytesMut;
use postgres::types::{FromSql, IsNull, ToSql, Type};

use crate::sql::Columns;

type Fault = Box<dyn StdError + Sync + Send>;

#[derive(Debug)]
pub(crate) struct PgParam<'a>(pub &'a Val<'a>);

impl ToSql for PgParam<'_> {
    fn to_sql(&self, ty: &Type, out: &mut BytesMut) -> std::result::Result<IsNull, Fault> {
        match self.0 {
            Val::Null => Ok(IsNull::Yes),
            Val::Int(n) => int_to_sql(*n, ty, out),
            Val::Real(x) => match *ty {
                Type::FLOAT4 => (*x as f32).to_sql(ty, out),
                _ => x.to_sql(ty, out),
            },
            Val::Text(s) => {
                if *ty == Type::JSONB {
                    // The binary form of jsonb begins with its version.
                    out.extend_from_slice(&[1]);
                }
                out.extend_from_slice(s.as_bytes());
                Ok(IsNull::No)
            }
            Val::Blob(b) => {
                out.extend_from_slice(b);
                Ok(IsNull::No)
            }
        }
    }

    fn accepts(_: &Type) -> bool {
        true
    }

    postgres::types::to_sql_checked!();
}

fn int_to_sql(n: i64, ty: &Type, out: &mut BytesMut) -> std::result::Result<IsNull, Fault> {
    match *ty {
        Type::BOOL => (n != 0).to_sql(ty, out),
        Type::INT2 => i16::try_from(n)?.to_sql(ty, out),
        Type::INT4 => i32::try_from(n)?.to_sql(ty, out),
        Type::INT8 => n.to_sql(ty, out),
        Type::FLOAT8 => (n as f64).to_sql(ty, out),
        _ => Err(format!("an integer was given where PostgreSQL expects {ty}").into()),
    }
}

/// A column as it arrived, read without copying.
struct PgGot<'a>(Got<'a>);

impl<'a> FromSql<'a> for PgGot<'a> {
    fn from_sql(ty: &Type, raw: &'a [u8]) -> std::result::Result<PgGot<'a>, Fault> {
        Ok(PgGot(match *ty {
            Type::BOOL => Got::Int(i64::from(bool::from_sql(ty, raw)?)),
            Type::INT2 => Got::Int(i64::from(i16::from_sql(ty, raw)?)),
            Type::INT4 => Got::Int(i64::from(i32::from_sql(ty, raw)?)),
            Type::INT8 => Got::Int(i64::from_sql(ty, raw)?),
            Type::FLOAT4 => Got::Real(f64::from(f32::from_sql(ty, raw)?)),
            Type::FLOAT8 => Got::Real(f64::from_sql(ty, raw)?),
            Type::NUMERIC => numeric(raw)?,
            Type::BYTEA => Got::Blob(raw),
            Type::JSONB => Got::Text(std::str::from_utf8(raw.get(1..).unwrap_or_default())?),
            _ => Got::Text(std::str::from_utf8(raw)?),
        }))
    }

    fn from_sql_null(_: &Type) -> std::result::Result<PgGot<'a>, Fault> {
        Ok(PgGot(Got::Null))
    }

    fn accepts(_: &Type) -> bool {
        true
    }
}

/// What `sum` and `avg` give: digits in base 10,000 (PostgreSQL, numeric.c, `numeric_send`).
fn numeric(raw: &[u8]) -> std::result::Result<Got<'static>, Fault> {
    let word = |at: usize| -> std::result::Result<u16, Fault> {
        let bytes = raw.get(at * 2..at * 2 + 2).ok_or("a numeric value is cut short")?;
        Ok(u16::from_be_bytes([bytes[0], bytes[1]]))
    };
    let (digits, weight, sign, scale) = (word(0)?, word(1)? as i16, word(2)?, word(3)?);
    let mut value = 0f64;
    let mut whole: i64 = 0;
    for at in 0..i32::from(digits) {
        let digit = word(4 + at as usize)?;
        let power = i32::from(weight) - at;
        value += f64::from(digit) * 10_000f64.powi(power);
        if let Ok(power) = u32::try_from(power) {
            whole = whole.saturating_add(i64::from(digit).saturating_mul(10_000i64.saturating_pow(power)));
        }
    }
    let minus = sign == 0x4000;
    Ok(match scale {
        0 => Got::Int(if minus { -whole } else { whole }),
        _ => Got::Real(if minus { -value } else { value }),
    })
}

pub(crate) struct PgColumns<'a>(pub &'a postgres::Row);

impl Columns for PgColumns<'_> {
    fn get(&self, at: usize) -> Result<Got<'_>> {
        self.0.try_get::<_, PgGot<'_>>(at).map(|got| got.0).map_err(internal)
    }
    fn count(&self) -> usize {
        self.0.len()
    }
}
