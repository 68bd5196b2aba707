/** A real provider of identities (OpenID Connect) on this machine: node-oidc-provider, with one client and forms of its own. */
import { once } from 'node:events';
import { createServer } from 'node:http';

import Provider from 'oidc-provider';

export const CLIENT = 'dondoc';
export const SECRET = 'a-secret-for-trying-only-and-long-enough';

export class IdentityProvider {
  /** Listens, so that its address is known; it answers once it knows the page. */
  static async open() {
    const it = new IdentityProvider();
    it.server = createServer((request, response) => it.answer(request, response));
    it.server.listen(0, '127.0.0.1');
    await once(it.server, 'listening');
    it.issuer = `http://127.0.0.1:${it.server.address().port}`;
    return it;
  }

  /** From now on it knows the page at an address, and everybody who types a name. */
  know(page) {
    const provider = new Provider(this.issuer, {
      clients: [
        {
          client_id: CLIENT,
          client_secret: SECRET,
          redirect_uris: [`${page}/openid`],
          response_types: ['code'],
          grant_types: ['authorization_code'],
          application_type: 'native',
        },
      ],
      pkce: { required: () => true },
      cookies: { keys: ['for trying only'] },
      features: { devInteractions: { enabled: true } },
      findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id }) }),
    });
    this.answer = provider.callback();
  }

  async close() {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }
}
