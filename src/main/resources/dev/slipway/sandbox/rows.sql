insert into plans (name, monthly_cents)
values ('Free', 0), ('Studio', 1900), ('School', 9900);

insert into products (slug, title, price_cents, published)
select 'course-' || n, 'Course ' || n, 1900 + n * 500, n < 11
  from generate_series(1, 12) n;

insert into users (email, name, legacy_id, created_at, plan_id, email_verified)
select 'user' || n || '@example.com', 'User ' || n, 9000 + n, now() - n * interval '19 hours', 1 + n % 3, n % 4 > 0
  from generate_series(1, 240) n;

insert into sessions (token, user_id, ip, user_agent, created_at, expires_at)
select md5(u.id::text), u.id, '192.0.2.1', 'Mozilla/5.0', now() - interval '2 hours', now() + interval '7 days'
  from users u where u.legacy_id <= 9120;

insert into orders (user_id, product_id, status, amount_cents, created_at)
select u.id, 1 + u.legacy_id % 12, case when u.legacy_id % 9 = 0 then 'open' else 'paid' end::order_status,
       1900 + (u.legacy_id % 12) * 500, u.created_at + interval '1 hour'
  from users u, generate_series(1, 2);

insert into payments (order_id, stripe_id, amount_cents, state, created_at)
select o.id, 'pi_' || left(md5(o.id::text), 24), o.amount_cents, 'succeeded', o.created_at + interval '1 minute'
  from orders o where o.status = 'paid';

insert into invoices (order_id, number, net_cents, vat_cents, issued_at)
select p.order_id, 'C-' || lpad(row_number() over (order by p.created_at)::text, 6, '0'),
       round(p.amount_cents / 1.21), p.amount_cents - round(p.amount_cents / 1.21), p.created_at
  from payments p;

insert into webhook_events (kind, payload, received_at, handled_at)
select 'payment_intent.succeeded', jsonb_build_object('id', p.stripe_id), p.created_at, p.created_at
  from payments p;

analyze;
