package dev.slipway.ui.kit;

import java.text.MessageFormat;
import java.util.Locale;
import java.util.ResourceBundle;

/// The words of one feature: the bundle `texts.properties` in its package. A missing key is a bug
/// that `TextsConsistencyTest` finds before anybody sees it.
public final class Texts {
    private final ResourceBundle bundle;

    private Texts(ResourceBundle bundle) {
        this.bundle = bundle;
    }

    /// The words of the package `owner` is in.
    public static Texts of(Class<?> owner) {
        return new Texts(
                ResourceBundle.getBundle(
                        owner.getPackageName() + ".texts", Locale.ENGLISH, owner.getClassLoader()));
    }

    /// The words of `key`.
    public String get(String key) {
        return bundle.getString(key);
    }

    /// The words of `key` with `{0}`, `{1}` … filled in. An apostrophe is written twice there.
    public String get(String key, Object... values) {
        return new MessageFormat(bundle.getString(key), Locale.ENGLISH).format(values);
    }

    /// For the FXML loader.
    ResourceBundle bundle() {
        return bundle;
    }
}
