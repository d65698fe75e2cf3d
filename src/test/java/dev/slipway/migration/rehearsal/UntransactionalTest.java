package dev.slipway.migration.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.migration.Folders;
import java.util.List;
import org.junit.jupiter.api.Test;

class UntransactionalTest {
    @Test
    void anIndexBuiltConcurrentlyIsNamed() {
        assertThat(in("0000_a", "create table t (a int); create index concurrently i on t (a)"))
                .singleElement()
                .satisfies(each -> {
                    assertThat(each.tag()).isEqualTo("0000_a");
                    assertThat(each.number()).isEqualTo(2);
                    assertThat(each.reason()).contains("25001");
                });
    }

    @Test
    void aLabelUsedInALaterFileOfTheSameRunIsNamed() {
        assertThat(
                        in(
                                "0000_a",
                                "alter type status add value 'invited'",
                                "0001_b",
                                "update users set status = 'invited'"))
                .singleElement()
                .satisfies(each -> {
                    assertThat(each.tag()).isEqualTo("0001_b");
                    assertThat(each.reason()).contains("'invited'", "0000_a", "55P04");
                });
    }

    @Test
    void aLabelOfATypeMadeInTheSameRunMayBeUsed() {
        assertThat(
                        in(
                                "0000_a",
                                "create type status as enum ('a'); alter type status add value 'b';"
                                        + " create table t (s status default 'b')"))
                .isEmpty();
    }

    @Test
    void whatARefreshedViewDoesConcurrentlyItMayDoAnywhere() {
        assertThat(in("0000_a", "refresh materialized view concurrently v")).isEmpty();
    }

    private static List<Untransactional> in(String... folder) {
        return Untransactional.in(Folders.read(Folders.journal(folder)).migrations());
    }
}
