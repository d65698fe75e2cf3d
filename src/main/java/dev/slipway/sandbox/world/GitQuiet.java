package dev.slipway.sandbox.world;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.storage.file.FileBasedConfig;
import org.eclipse.jgit.util.FS;
import org.eclipse.jgit.util.SystemReader;

/// Keeps JGit to its repository: it reads no Git configuration of the machine or the person, starts
/// no `git`, and leaves no file in the person's home.
final class GitQuiet extends SystemReader.Delegate {
    private static final AtomicBoolean INSTALLED = new AtomicBoolean();

    private GitQuiet(SystemReader delegate) {
        super(delegate);
    }

    /// Makes every repository of this process quiet. JGit has one reader per process.
    static void install() {
        if (INSTALLED.compareAndSet(false, true)) {
            SystemReader.setInstance(new GitQuiet(SystemReader.getInstance()));
            FS.FileStoreAttributes.setBackground(true);
        }
    }

    @Override
    public FileBasedConfig openUserConfig(Config parent, FS fs) {
        return new Nothing(parent, fs);
    }

    @Override
    public FileBasedConfig openSystemConfig(Config parent, FS fs) {
        return new Nothing(parent, fs);
    }

    @Override
    public FileBasedConfig openJGitConfig(Config parent, FS fs) {
        return new Nothing(parent, fs);
    }

    private static final class Nothing extends FileBasedConfig {
        Nothing(Config parent, FS fs) {
            super(parent, null, fs);
        }

        @Override
        public void load() {}

        @Override
        public void save() throws IOException {}

        @Override
        public boolean isOutdated() {
            return false;
        }
    }
}
