package dev.slipway.migration;

import dev.slipway.domain.Secret;
import dev.slipway.migration.workload.StatementStatistics;
import dev.slipway.migration.workload.Workload;
import dev.slipway.postgres.Postgres;
import dev.slipway.postgres.PostgresAddress;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;

/// What the code of the shop executes, by the role it uses.
public final class ShopTraffic {
    /// As the code sends them; the server records them without their literals.
    public static final List<String> STATEMENTS =
            List.of(
                    "select id, email, name, nick, bio, age, legacy, status, created_at from users where email = 'u1@shop.test'",
                    "select * from users where id = 7",
                    "insert into users (email, name, nick, bio, age, legacy, status) values ('a', 'b', 'c', 'd', 5, 'e', 'active') returning id",
                    "update users set name = 'x', bio = 'y' where id = 3",
                    "delete from sessions where token = 'nobody'",
                    "select u.id, count(p.id) from users u left join purchases p on p.user_id = u.id where u.age > 30 group by u.id limit 5",
                    "select id, user_id, product_id, amount, note, created_at from purchases where user_id = 5",
                    "insert into purchases (user_id, product_id, amount) values (1, 1, 10)",
                    "insert into purchases (user_id, product_id, amount, note) values (1, 1, 0, 'free')",
                    "select id, title, price from products where id = 9",
                    "insert into products (title) values ('p')",
                    "insert into sessions (user_id, token, expires_at) values (1, 'new', now()) on conflict (token) do update set expires_at = excluded.expires_at",
                    "select id, user_id, token, expires_at from sessions where token = 't5'",
                    "insert into drafts (body) values ('b')",
                    "select id, body from drafts",
                    "select id, email from active_users where id = 4",
                    "select date_trunc('day', created_at) d, count(*) from purchases group by date_trunc('day', created_at)",
                    "select extract(year from created_at) from purchases where created_at > now() - interval '1 day'",
                    "select id from purchases where user_id in (1, 2, 3)",
                    "insert into webhook_events (kind, payload) values ('paid', '{}')",
                    "select date_part('day', created_at) from purchases where created_at between date '2020-01-01' and timestamp '2020-02-01 00:00'",
                    "select jsonb_build_object('id', id) from users where id = 1",
                    "merge into drafts d using (values (1, 'x')) v (id, body) on d.id = v.id when matched then update set body = v.body",
                    "select n from open_sessions(5)",
                    "create temp table scratch (a integer)",
                    "insert into scratch values (1)",
                    "set application_name = 'shop'");

    private ShopTraffic() {}

    /// A shop with `users` users and the role `app`.
    public static TestDatabase.Database shop(TestDatabase server, int users) throws SQLException {
        var shop = server.fresh();
        var owner = shop.address().user();
        server.asSuperuser(shop, "create role app login password 'secret'");
        server.asSuperuser(shop, "grant app to " + owner);
        server.asSuperuser(shop, "grant pg_read_all_stats to " + owner);
        shop.execute(Shop.sql(users, "app"));
        return shop;
    }

    /// The database as the code of the shop reaches it.
    public static PostgresAddress asApp(TestDatabase.Database database) {
        return new PostgresAddress(
                database.address().host(),
                database.address().port(),
                database.address().database(),
                "app",
                Secret.of("secret"),
                false);
    }

    /// Executes all of it and reads what the server recorded.
    public static Workload observe(TestDatabase server, TestDatabase.Database shop)
            throws SQLException {
        try (var connection =
                        server.postgres().open(asApp(shop), Postgres.Session.reading("shop"));
                var statement = connection.createStatement()) {
            for (var sql : STATEMENTS) {
                statement.execute(sql);
            }
        }
        try (var connection = shop.connect("reader")) {
            var all = StatementStatistics.read(connection, InstantSource.system());
            return new Workload(
                    all.statements().stream()
                            .filter(statement -> statement.role().equals("app"))
                            .toList(),
                    all.since(),
                    all.until(),
                    all.gaps(),
                    all.unseen());
        }
    }
}
