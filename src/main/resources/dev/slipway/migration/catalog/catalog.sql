-- Every object of the application in one reading: kind, oid, sub, kind and oid of what it is part of,
-- name, attributes. $1 names the schemas that are not the application's.
-- Written for PostgreSQL 14 and later; what a version lacks is read through to_jsonb and is null there.
with space as materialized (
    select oid, nspname, nspowner, nspacl,
        case nspname when 'public' then '' else quote_ident(nspname) || '.' end as prefix
    from pg_namespace
    where nspname !~ '^pg_' and nspname <> 'information_schema' and nspname <> all (cast(? as text[]))
),
foreign_made as materialized (
    select classid, objid from pg_depend where deptype = 'e'
),
relation as materialized (
    select c.*, s.prefix || quote_ident(c.relname) as title,
        case c.relkind when 'v' then 'VIEW' when 'm' then 'MATERIALIZED_VIEW' when 'S' then 'SEQUENCE'
            when 'c' then 'COMPOSITE' else 'TABLE' end as kind
    from pg_class c join space s on s.oid = c.relnamespace
    where c.relkind in ('r', 'p', 'f', 'v', 'm', 'S', 'c')
        and not exists (select from foreign_made f where f.classid = 'pg_class'::regclass and f.objid = c.oid)
)
select 'SCHEMA' as kind, s.oid::bigint as oid, 0 as sub, null as parent_kind, null::bigint as parent,
    quote_ident(s.nspname) as name,
    jsonb_build_object(
        'owner', pg_get_userbyid(s.nspowner),
        'privileges', (select string_agg(coalesce(r.rolname::text, 'public') || ' ' || x.privilege_type, ', '
                order by r.rolname, x.privilege_type)
            from aclexplode(coalesce(s.nspacl, acldefault('n', s.nspowner))) x
            left join pg_roles r on r.oid = x.grantee where x.grantee <> s.nspowner)) as attributes
from space s
union all
select 'EXTENSION', e.oid::bigint, 0, null, null, quote_ident(e.extname),
    jsonb_build_object('version', e.extversion)
from pg_extension e
where e.extname <> 'plpgsql'
union all
select r.kind, r.oid::bigint, 0, null, null, r.title,
    jsonb_build_object(
        'persistence', r.relpersistence,
        'partitioned', r.relkind = 'p',
        'rowSecurity', r.relrowsecurity,
        'forcedRowSecurity', r.relforcerowsecurity,
        'unidentified', r.relkind in ('r', 'p')
            and (r.relreplident = 'n' or r.relreplident = 'd'
                and not exists (select from pg_index x where x.indrelid = r.oid and x.indisprimary))
            and exists (select from pg_publication p where (p.pubupdate or p.pubdelete) and (p.puballtables
                or exists (select from pg_publication_rel l where l.prpubid = p.oid and l.prrelid = r.oid))),
        'bound', pg_get_expr(r.relpartbound, r.oid),
        'partitionOf', (select i.inhparent::text from pg_inherits i where i.inhrelid = r.oid and r.relispartition),
        'inherits', (select string_agg(i.inhparent::text, ' ' order by i.inhseqno) from pg_inherits i
            where i.inhrelid = r.oid and not r.relispartition),
        'options', array_to_string(r.reloptions, ', '),
        'owner', pg_get_userbyid(r.relowner),
        'definition', case when r.relkind in ('v', 'm') then pg_get_viewdef(r.oid) end,
        'definition.tree', (select md5(w.ev_action::text) from pg_rewrite w
            where w.ev_class = r.oid and w.rulename = '_RETURN'),
        'sequence', (select 'by ' || q.seqincrement || ' from ' || q.seqmin || case when q.seqcycle then ' in a circle' else '' end from pg_sequence q where q.seqrelid = r.oid),
        'last', case when r.relkind = 'S' and has_sequence_privilege(r.oid, 'USAGE, SELECT')
            then pg_sequence_last_value(r.oid) end,
        'internal', (select bool_or(d.deptype = 'i') from pg_depend d
            where d.classid = 'pg_class'::regclass and d.objid = r.oid and r.relkind = 'S'),
        'ownedBy', (select d.refobjid || '.' || d.refobjsubid from pg_depend d
            where d.classid = 'pg_class'::regclass and d.objid = r.oid and d.deptype in ('a', 'i')
                and d.refclassid = 'pg_class'::regclass and r.relkind = 'S' limit 1),
        'privileges', (select string_agg(coalesce(g.rolname::text, 'public') || ' ' || x.privilege_type, ', '
                order by g.rolname, x.privilege_type)
            from aclexplode(coalesce(r.relacl,
                acldefault(case r.relkind when 'S' then 's' else 'r' end::"char", r.relowner))) x
            left join pg_roles g on g.oid = x.grantee where x.grantee <> r.relowner))
from relation r
union all
select 'COLUMN', a.attrelid::bigint, a.attnum, r.kind, r.oid::bigint, quote_ident(a.attname),
    jsonb_build_object(
        'type', format_type(a.atttypid, a.atttypmod),
        'typeOid', a.atttypid::text,
        'required', a.attnotnull,
        'identity', a.attidentity,
        'generated', a.attgenerated,
        'default', pg_get_expr(d.adbin, d.adrelid),
        'default.tree', md5(d.adbin::text),
        'collation', case when a.attcollation <> t.typcollation then a.attcollation::regcollation::text end,
        'privileges', (select string_agg(coalesce(g.rolname::text, 'public') || ' ' || x.privilege_type, ', '
                order by g.rolname, x.privilege_type)
            from aclexplode(a.attacl) x left join pg_roles g on g.oid = x.grantee
            where x.grantee <> r.relowner),
        'sequenceDenied', (select string_agg(distinct g.rolname, ', ' order by g.rolname)
            from pg_depend p
            join pg_class q on q.oid = p.refobjid and q.relkind = 'S'
            join aclexplode(r.relacl) x on x.privilege_type = 'INSERT' and x.grantee <> r.relowner
            join pg_roles g on g.oid = x.grantee
            where p.classid = 'pg_attrdef'::regclass and p.objid = d.oid and p.refclassid = 'pg_class'::regclass
                and not has_sequence_privilege(x.grantee, q.oid, 'USAGE')))
from relation r
join pg_attribute a on a.attrelid = r.oid and a.attnum > 0 and not a.attisdropped
join pg_type t on t.oid = a.atttypid
left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
where r.kind <> 'SEQUENCE'
union all
select 'INDEX', i.indexrelid::bigint, 0, r.kind, r.oid::bigint, quote_ident(c.relname),
    jsonb_build_object(
        'unique', i.indisunique,
        'valid', i.indisvalid,
        'partial', i.indpred is not null,
        'constraint', exists (select from pg_constraint k where k.conindid = i.indexrelid
            and k.contype in ('p', 'u', 'x')),
        'columns', i.indkey::text,
        'keys', i.indnkeyatts,
        'definition', pg_get_indexdef(i.indexrelid),
        'content', m.amname::text || ' ' || i.indisunique || ' ' || i.indkey::text || ' '
            || (select string_agg(case when o.opcdefault then '-' else o.opcname::text end, ',' order by u.n)
                from unnest(i.indclass::oid[]) with ordinality u(oid, n) join pg_opclass o on o.oid = u.oid) || ' '
            || i.indcollation::text || ' ' || i.indoption::text || ' ' || i.indnkeyatts || ' '
            || coalesce(to_jsonb(i) ->> 'indnullsnotdistinct', '') || ' '
            || coalesce(pg_get_expr(i.indpred, i.indrelid), '') || ' '
            || coalesce(pg_get_expr(i.indexprs, i.indrelid), ''))
from relation r
join pg_index i on i.indrelid = r.oid
join pg_class c on c.oid = i.indexrelid
join pg_am m on m.oid = c.relam
where not c.relispartition
union all
select 'CONSTRAINT', k.oid::bigint, 0, r.kind, r.oid::bigint, quote_ident(k.conname),
    jsonb_build_object(
        'type', k.contype,
        'validated', k.convalidated,
        'enforced', coalesce(to_jsonb(k) ->> 'conenforced', 'true'),
        'deferrable', k.condeferrable,
        'columns', array_to_string(k.conkey, ' '),
        'references', case when k.confrelid <> 0 then k.confrelid || ' ' || array_to_string(k.confkey, ' ') end,
        'actions', k.confupdtype::text || ' ' || k.confdeltype::text || ' ' || k.confmatchtype::text,
        'definition', pg_get_constraintdef(k.oid),
        'content', case k.contype when 'c' then pg_get_expr(k.conbin, k.conrelid)
            when 'x' then pg_get_constraintdef(k.oid) else '' end)
from relation r
join pg_constraint k on k.conrelid = r.oid
where k.contype in ('c', 'f', 'p', 'u', 'x') and k.conparentid = 0
union all
select 'TRIGGER', g.oid::bigint, 0, r.kind, r.oid::bigint, quote_ident(g.tgname),
    jsonb_build_object(
        'enabled', g.tgenabled,
        'definition', pg_get_triggerdef(g.oid),
        'definition.tree', g.tgfoid || ' ' || g.tgtype || ' ' || g.tgattr::text || ' ' || coalesce(md5(g.tgqual::text), ''))
from relation r
join pg_trigger g on g.tgrelid = r.oid
where not g.tgisinternal and g.tgparentid = 0
union all
select 'POLICY', p.oid::bigint, 0, r.kind, r.oid::bigint, quote_ident(p.polname),
    jsonb_build_object(
        'command', p.polcmd,
        'permissive', p.polpermissive,
        'roles', (select string_agg(coalesce(g.rolname::text, 'public'), ', ' order by g.rolname)
            from unnest(p.polroles) x left join pg_roles g on g.oid = x),
        'using', pg_get_expr(p.polqual, p.polrelid),
        'using.tree', md5(p.polqual::text),
        'check', pg_get_expr(p.polwithcheck, p.polrelid),
        'check.tree', md5(p.polwithcheck::text))
from relation r
join pg_policy p on p.polrelid = r.oid
union all
select 'RULE', w.oid::bigint, 0, r.kind, r.oid::bigint, quote_ident(w.rulename),
    jsonb_build_object('definition', pg_get_ruledef(w.oid), 'definition.tree', md5(w.ev_action::text))
from relation r
join pg_rewrite w on w.ev_class = r.oid
where w.rulename <> '_RETURN'
union all
select 'FUNCTION', p.oid::bigint, 0, null, null,
    s.prefix || quote_ident(p.proname) || '(' || pg_get_function_identity_arguments(p.oid) || ')',
    jsonb_build_object(
        'kind', p.prokind,
        'returns', pg_get_function_result(p.oid),
        'body', coalesce(p.prosrc, '') || coalesce(p.probin, '')
            || case when p.prosqlbody is not null then pg_get_function_sqlbody(p.oid) else '' end,
        'body.tree', md5(coalesce(p.prosqlbody::text, p.prosrc)),
        'options', l.lanname::text || ' ' || p.provolatile::text || ' ' || p.proisstrict || ' ' || p.prosecdef || ' '
            || p.proparallel::text || ' ' || coalesce(array_to_string(p.proconfig, ', '), ''),
        'owner', pg_get_userbyid(p.proowner),
        'privileges', (select string_agg(coalesce(g.rolname::text, 'public') || ' ' || x.privilege_type, ', '
                order by g.rolname)
            from aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) x
            left join pg_roles g on g.oid = x.grantee where x.grantee <> p.proowner))
from pg_proc p
join space s on s.oid = p.pronamespace
join pg_language l on l.oid = p.prolang
where not exists (select from foreign_made f where f.classid = 'pg_proc'::regclass and f.objid = p.oid)
union all
select 'TYPE', t.oid::bigint, 0, null, null, s.prefix || quote_ident(t.typname),
    jsonb_build_object(
        'type', t.typtype,
        'base', case when t.typbasetype <> 0 then format_type(t.typbasetype, t.typtypmod) end,
        'required', t.typnotnull,
        'default', t.typdefault,
        'checks', (select string_agg(pg_get_constraintdef(k.oid), ' and ' order by k.conname)
            from pg_constraint k where k.contypid = t.oid and k.contype = 'c'))
from pg_type t
join space s on s.oid = t.typnamespace
where t.typtype in ('e', 'd', 'r')
    and not exists (select from foreign_made f where f.classid = 'pg_type'::regclass and f.objid = t.oid)
union all
select 'LABEL', e.oid::bigint, 0, 'TYPE', t.oid::bigint, e.enumlabel,
    jsonb_build_object('order', e.enumsortorder)
from pg_enum e
join pg_type t on t.oid = e.enumtypid
join space s on s.oid = t.typnamespace
union all
select 'SETTING', x.setrole::bigint, (x.setdatabase <> 0)::int, null, null,
    'of ' || case x.setrole when 0 then 'the database' else coalesce(pg_get_userbyid(x.setrole), '?') end,
    jsonb_build_object('values', array_to_string(x.setconfig, ', '))
from pg_db_role_setting x
where x.setdatabase in (0, (select d.oid from pg_database d where d.datname = current_database()))
order by 1, 2, 3
