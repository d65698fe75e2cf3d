package dev.slipway.migration;

import java.lang.Character.UnicodeScript;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Finds characters that make a migration read otherwise than it runs.
public final class Deception {
    /// Letters of other scripts that look like Latin ones. A word made only of these is one that
    /// pretends.
    private static final String LOOKALIKES =
            "аеорсухіѕјԁһӏвнкмтАВЕКМНОРСТУХІЅЈαοερικνυΑΒΕΖΗΙΚΜΝΟΡΤΥΧ";

    private Deception() {}

    /// What in `migration` reads otherwise than it runs, one sentence each with its place.
    public static List<String> in(Migration migration) {
        var found = new ArrayList<String>();
        var text = String.join("", migration.pieces());
        var bidi = new TreeSet<Integer>();
        text.codePoints().filter(Deception::turnsText).forEach(bidi::add);
        if (!bidi.isEmpty()) {
            found.add(
                    sentence(
                            migration,
                            0,
                            "contains characters that turn the direction of the text: "
                                    + names(bidi)));
        }
        int number = 0;
        for (var statement : migration.statements()) {
            number++;
            for (var token : statement.tokens()) {
                if (token.identifier()) {
                    judge(migration, number, token.text(), found);
                }
            }
        }
        return found;
    }

    private static void judge(Migration migration, int number, String word, List<String> found) {
        if (word.chars().allMatch(c -> c < 0x80)) {
            return;
        }
        var hidden = new TreeSet<Integer>();
        word.codePoints().filter(Deception::invisible).forEach(hidden::add);
        if (!hidden.isEmpty()) {
            found.add(
                    sentence(
                            migration,
                            number,
                            "names something with invisible characters: " + names(hidden)));
            return;
        }
        var foreign = new TreeSet<Integer>();
        word.codePoints().filter(c -> c >= 0x80).forEach(foreign::add);
        boolean compatibility = !Normalizer.normalize(word, Normalizer.Form.NFKC).equals(word);
        boolean pretending =
                word.codePoints()
                        .filter(Character::isLetter)
                        .allMatch(c -> LOOKALIKES.indexOf(c) >= 0);
        if (compatibility || pretending || scripts(word) > 1) {
            found.add(
                    sentence(
                            migration,
                            number,
                            "names \""
                                    + word
                                    + "\" with letters that look like others: "
                                    + names(foreign)));
        }
    }

    private static int scripts(String word) {
        var scripts = EnumSet.noneOf(UnicodeScript.class);
        word.codePoints()
                .filter(Character::isLetter)
                .mapToObj(UnicodeScript::of)
                .forEach(scripts::add);
        scripts.remove(UnicodeScript.COMMON);
        scripts.remove(UnicodeScript.INHERITED);
        // Japanese and Korean mix scripts by nature; none of them looks like Latin.
        scripts.remove(UnicodeScript.HIRAGANA);
        scripts.remove(UnicodeScript.KATAKANA);
        return scripts.size();
    }

    private static boolean turnsText(int c) {
        return (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
    }

    private static boolean invisible(int c) {
        return Character.getType(c) == Character.FORMAT
                || (Character.isSpaceChar(c) && c >= 0x80)
                || Character.isISOControl(c)
                || c == 0x3164
                || c == 0x115F
                || c == 0x1160;
    }

    private static String sentence(Migration migration, int number, String what) {
        var place = number == 0 ? migration.tag() : migration.tag() + ", statement " + number;
        return place + ": " + what + ".";
    }

    private static String names(Set<Integer> points) {
        return points.stream()
                .limit(5)
                .map(c -> "U+%04X %s".formatted(c, String.valueOf(Character.getName(c))))
                .collect(Collectors.joining(", "));
    }
}
