package dev.slipway.migration;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class DeceptionTest {
    private static List<String> found(String sql) {
        return Deception.in(Migration.of("0001_new", "0001_new.sql", 1, Folders.bytes(sql)));
    }

    @Test
    void lettersThatLookLikeOthersAreNamedWithTheirPlace() {
        assertThat(found("select 1; create table \"us\u0435rs\" (id int)"))
                .singleElement()
                .asString()
                .startsWith("0001_new, statement 2: ")
                .contains("U+0435");
    }

    @Test
    void invisibleCharactersAreNamedWithTheirCodePoints() {
        assertThat(found("create table \"users\u200B\" (id int)"))
                .singleElement()
                .asString()
                .contains("U+200B");
    }

    @Test
    void whatTurnsTheDirectionOfTheTextIsNamedAlsoInAComment() {
        assertThat(found("create table t (id int) -- \u202E"))
                .singleElement()
                .asString()
                .startsWith("0001_new: ")
                .contains("U+202E");
    }

    @Test
    void namesOfOtherLanguagesAreNames() {
        assertThat(found("create table \"größe\" (\"имя\" text default '\u200D')")).isEmpty();
    }
}
