package org.copick.error;

/**
 * The superclass of every failure in copick. The message names the object (URI or key), what was being done to it and, where
 * there is one, the remedy; it never contains a credential, and {@linkplain UrlSecrets those inside URLs} are masked.
 *
 * <p>Absence is not a failure: looking for something that is not there gives an empty result, and only asking for it by
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
