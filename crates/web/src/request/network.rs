//! The network a request comes from: the first part of its address, for limits only. It is held in memory for an hour and
//! stands in no log, count or record.

use super::Peer;
use axum::{
    extract::{ConnectInfo, Request},
    http::HeaderMap,
};
use std::{
    fmt,
    net::{IpAddr, SocketAddr},
};

/// The first 24 bits of an IPv4 address, or the first 48 of an IPv6 one: a street or an operator's exit, never one phone.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Network(IpAddr);

impl fmt::Debug for Network {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Network(..)")
    }
}

impl Network {
    /// The network of a request, where it can be told.
    pub fn of(request: &Request) -> Option<Network> {
        let bounded = request.extensions().get::<ConnectInfo<Peer>>().map(|ConnectInfo(Peer(peer))| peer.ip());
        let plain = || request.extensions().get::<ConnectInfo<SocketAddr>>().map(|ConnectInfo(peer)| peer.ip());
        let peer = bounded.or_else(plain);
        Self::told(peer?, request.headers())
    }

    /// A proxy on this machine says whose request it passes on, at the end of what was said before; anybody else's word for
    /// it is not taken.
    fn told(peer: IpAddr, headers: &HeaderMap) -> Option<Network> {
        let peer = peer.to_canonical();
        if !peer.is_loopback() {
            return Some(Network(first_part(peer)));
        }
        let said = headers.get_all("x-forwarded-for").iter().next_back()?.to_str().ok()?;
        let client: IpAddr = said.rsplit(',').next()?.trim().parse().ok()?;
        Some(Network(first_part(client.to_canonical())))
    }
}

fn first_part(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V4(v4) => IpAddr::from((v4.to_bits() & !0xff).to_be_bytes()),
        IpAddr::V6(v6) => IpAddr::from((v6.to_bits() & !(u128::MAX >> 48)).to_be_bytes()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    #[test]
    fn a_network_is_the_first_part_of_whom_the_proxy_names_last() {
        let check = |peer: &str, said: &'static str, want: Option<&str>| {
            let mut headers = HeaderMap::new();
            headers.insert("x-forwarded-for", HeaderValue::from_static(said));
            let told = Network::told(peer.parse().unwrap(), &headers);
            assert_eq!(told, want.map(|want| Network(want.parse().unwrap())), "{peer} {said}");
        };
        check("203.0.113.77", "", Some("203.0.113.0"));
        check("203.0.113.77", "198.51.100.9", Some("203.0.113.0"));
        check("::ffff:203.0.113.77", "", Some("203.0.113.0"));
        check("127.0.0.1", "10.0.0.1, 198.51.100.9", Some("198.51.100.0"));
        check("::1", "2001:db8:7:1::9", Some("2001:db8:7::"));
        check("127.0.0.1", "nobody", None);
        check("127.0.0.1", "", None);
    }
}
