-- Operational: the keys that protected facts and papers are sealed with, one for each kind of record, each wrapped by the
-- office's key, which stands in a file elsewhere and never here. While an office changes its key file, each stands twice.
create table sealing_key (
    family  text      not null,
    wrapper text      not null, -- the name of the key file's key; says nothing of the key
    wrapped {{bytes}} not null,
    primary key (family, wrapper)
);
