//! Published packs: the table of what was published; the files stand in the blob folder.

use crate::{
    Store,
    db::{Conn, args},
    error::Result,
    journal::Envelope,
};
use domain::programmes::{PackHash, PackPublished};

pub(crate) async fn published(conn: &mut Conn<'_>, on: &Envelope, e: &PackPublished) -> Result<()> {
    let sql = "insert into pack (hash, bundle, title, programmes, published_at) values ($1, $2, $3, $4, $5) on conflict (hash) do nothing";
    conn.execute(sql, args![&e.hash, &e.bundle, &e.title, e.programmes, on.recorded_at]).await.map(drop)
}

impl Store {
    /// The files of the pack published last, as they were bundled; `None` when none was, or its bundle is gone.
    pub async fn current_bundle(&self) -> Result<Option<Vec<u8>>> {
        let row = self.db.row("select bundle from pack order by published_at desc limit 1", args![]).await?;
        match row {
            Some(row) => self.blobs.get(&row.get::<String>(0)?).await,
            None => Ok(None),
        }
    }

    /// The pack published last.
    pub async fn current_pack(&self) -> Result<Option<PackHash>> {
        let row = self.db.row("select hash from pack order by published_at desc limit 1", args![]).await?;
        row.map(|row| row.get(0).map(PackHash)).transpose()
    }

    /// The files of a published pack as they were published: JSON, a list of (path, text).
    pub async fn pack_files(&self, hash: &PackHash) -> Result<Option<Vec<u8>>> {
        let row = self.db.row("select bundle from pack where hash = $1", args![hash]).await?;
        let Some(bundle) = row.map(|row| row.get::<String>(0)).transpose()? else { return Ok(None) };
        self.blobs.get(&bundle).await
    }
}
