// A command that hands in a mail from a file, as somebody would try it in a shell.
import type { HookKeys } from '~/api/mailin';

const POST = "curl -sS -w '%{http_code}\\n' -H 'content-type: message/rfc822'";

/** Signed as the Standard Webhooks describe it, where the mailbox asks for that. */
export function example(keys: HookKeys): string {
  if (keys.signing_key === null) return `${POST} --data-binary @mail.eml \\\n  ${keys.url}`;
  return [
    `KEY='${keys.signing_key}'; ID=$(date +%s%N); TIME=$(date +%s)`,
    'SIGNATURE=$( { printf \'%s.%s.\' "$ID" "$TIME"; cat mail.eml; } | openssl dgst -sha256 -hmac "$KEY" -binary | base64)',
    `${POST} -H "webhook-id: $ID" -H "webhook-timestamp: $TIME" \\`,
    `  -H "webhook-signature: v1,$SIGNATURE" --data-binary @mail.eml \\`,
    `  ${keys.url}`,
  ].join('\n');
}
