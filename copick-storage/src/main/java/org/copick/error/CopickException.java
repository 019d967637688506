package org.copick.error;

/**
 * The superclass of all copick exceptions. The message names the object (URI or key), the operation and, if known, the
 * remedy; it never contains a credential, and {@linkplain UrlSecrets credentials inside URLs} are masked.
 *
 * <p>Absence is not a failure: a search that finds nothing returns an empty result. Only requesting one thing by its
 * name throws {@link NotFoundException}.
 */
public abstract sealed class CopickException extends RuntimeException
        permits AccessDeniedException,
                AlreadyExistsException,
                ClosedException,
                ConflictException,
                CorruptDataException,
                InvalidConfigException,
                InvalidDataException,
                InvalidNameException,
                NotFoundException,
                OperationInterruptedException,
                ReadOnlyException,
                StorageException,
                UnsupportedFeatureException {
    private static final long serialVersionUID = 1L;

    CopickException(String message) {
        super(UrlSecrets.masked(message));
    }

    CopickException(String message, Throwable cause) {
        super(UrlSecrets.masked(message), cause);
    }
}
