package dev.slipway.pipeline;

import java.util.ArrayList;
import java.util.List;

/// Cuts a shell script into simple commands. Expressions of GitHub (`${{ … }}`) become one word that
/// begins with `$`.
final class Shell {
    private Shell() {}

    /// A command and the line it begins on, from zero.
    record Command(int line, List<String> words) {}

    static List<Command> commands(String script) {
        var commands = new ArrayList<Command>();
        var words = new ArrayList<String>();
        var word = new StringBuilder();
        boolean inWord = false;
        char quote = 0;
        int line = 0;
        int start = 0;
        var text = script.replaceAll("\\$\\{\\{.*?}}", "\\$EXPRESSION");
        for (int i = 0; i <= text.length(); i++) {
            char c = i < text.length() ? text.charAt(i) : '\n';
            if (quote != 0) {
                if (c == quote || i == text.length()) {
                    quote = 0;
                } else {
                    word.append(c);
                }
            } else if (c == '\\' && i + 1 < text.length()) {
                i++;
                if (text.charAt(i) != '\n') {
                    word.append(text.charAt(i));
                    inWord = true;
                }
                c = text.charAt(i);
            } else if (c == '\'' || c == '"') {
                quote = c;
                inWord = true;
            } else if (c == '#' && !inWord) {
                while (i + 1 < text.length() && text.charAt(i + 1) != '\n') {
                    i++;
                }
            } else if (" \t\r\n;&|()`{}".indexOf(c) >= 0
                    && !(c == '{' && inWord)
                    && !(c == '}' && inWord)) {
                if (inWord) {
                    if (words.isEmpty()) {
                        start = line;
                    }
                    words.add(word.toString());
                    word.setLength(0);
                    inWord = false;
                }
                if (" \t\r".indexOf(c) < 0 && !words.isEmpty()) {
                    commands.add(new Command(start, List.copyOf(words)));
                    words.clear();
                }
            } else {
                word.append(c);
                inWord = true;
            }
            if (c == '\n') {
                line++;
            }
        }
        return commands;
    }
}
