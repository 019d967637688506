package org.copick.cli.exchange;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.copick.CopickContext;
import org.copick.VolumeData;
import org.copick.cli.output.CommandFailure;
import org.copick.exchange.MrcFile;
import org.jspecify.annotations.Nullable;

/** A volume in a file or folder of another program: MRC or Zarr. */
final class VolumeFile implements AutoCloseable {
    private static final int SPATIAL = 3;

    private final VolumeData data;
    private final OptionalDouble voxelSize;
    /** Why the file gives no voxel size that can be used, or what to know of the one it gives. */
    private final Optional<String> voxelSizeNote;

    private final boolean mayBeUnsigned;

    private final List<String> warnings;
    private final AutoCloseable held;

    private VolumeFile(MrcFile mrc) {
        this.data = VolumeData.of(mrc.type(), mrc.source(), mrc.shape());
        this.voxelSize = mrc.voxelSize();
        this.voxelSizeNote = mrc.voxelSizeNote();
        this.mayBeUnsigned = mrc.mayBeUnsigned();
        this.warnings = mrc.warnings();
        this.held = mrc;
    }

    private VolumeFile(ZarrVolume zarr) {
        this.data = zarr.data();
        this.voxelSize = zarr.problem().isPresent() ? OptionalDouble.empty() : zarr.voxelSize();
        this.voxelSizeNote = zarr.problem();
        this.mayBeUnsigned = false;
        this.warnings = List.of();
        this.held = zarr;
    }

    /**
     * Opens a volume; its elements are read when they are asked for.
     *
     * @param type mrc, zarr, or null to go by the name
     */
    static VolumeFile open(CopickContext context, Path file, @Nullable String type) {
        String kind = type != null ? type.toLowerCase(java.util.Locale.ROOT) : ImportFiles.extension(file);
        return switch (kind) {
            case "mrc", "rec", "map", "mrcs", "st", "ali" -> new VolumeFile(MrcFile.open(file));
            case "zarr" -> new VolumeFile(ZarrVolume.open(context, file));
            case "gz", "bz2", "zip", "xz" -> throw ImportFiles.compressed(file, kind);
            case "tif", "tiff", "em" ->
                throw new CommandFailure(file + ": " + kind + " files are not read yet; convert it to MRC or Zarr");
            default ->
                throw new CommandFailure(
                        file + ": \"" + kind + "\" is no known kind of volume; say mrc or zarr by --file-type");
        };
    }

    VolumeData data() {
        return data;
    }

    /**
     * The volume, which must have z, y and x and no further axis.
     *
     * @throws CommandFailure for several channels or points in time
     */
    VolumeData spatial(Path file) {
        long[] shape = data.shape();
        if (shape.length > SPATIAL) {
            throw new CommandFailure("cannot import " + file + ": it holds " + shape[0]
                    + " channels or points in time, and one volume of z, y and x is needed; store each by itself");
        }
        return data;
    }

    /** Whether its bytes were read as signed against what its header says of their range. */
    boolean mayBeUnsigned() {
        return mayBeUnsigned;
    }

    /** In Å, where the file says. */
    OptionalDouble voxelSize() {
        return voxelSize;
    }

    /** Returns the voxel size in Å: the given one, or else the file's. */
    double voxelSize(@Nullable Double given, Path file) {
        if (given != null) {
            return given;
        }
        return voxelSize.orElseThrow(() -> {
            String why = voxelSizeNote.orElse("it does not say its voxel size");
            boolean complete = why.contains("--voxel-size");
            return new CommandFailure("cannot import " + file + ": " + why
                    + (complete ? "" : "; pass --voxel-size to say which one counts"));
        });
    }

    /** Prints what the user should know of a volume that is imported all the same. */
    void warn(PrintWriter err, @Nullable Double given, Path file) {
        warnings.forEach(warning -> err.println("copick: warning: " + warning));
        if (given == null && voxelSize.isPresent()) {
            voxelSizeNote.ifPresent(
                    note -> err.println("copick: warning: " + file + ": " + note + "; --voxel-size sets another"));
        }
    }

    @Override
    public void close() {
        try {
            held.close();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("closing a file failed", e);
        }
    }
}
