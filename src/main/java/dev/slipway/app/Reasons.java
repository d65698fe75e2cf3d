package dev.slipway.app;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.ReadOnlyFileSystemException;

/// Why a file or folder could not be used, in words. The exceptions of the file system often carry
/// nothing but a path.
final class Reasons {
    private Reasons() {}

    static String of(IOException e) {
        return switch (e) {
            case AccessDeniedException _ -> "its rights do not allow it";
            case NoSuchFileException _ -> "a folder on the way does not exist and cannot be made";
            case FileAlreadyExistsException _ -> "something that is no folder stands in its place";
            default ->
                    e.getCause() instanceof ReadOnlyFileSystemException
                            ? "the file system is read-only"
                            : String.valueOf(e.getMessage());
        };
    }
}
