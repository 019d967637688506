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

/** A volume in an MRC file or Zarr folder of another program. */
final class VolumeFile implements AutoCloseable {
    private static final int SPATIAL = 3;

    private final VolumeData data;
    private final OptionalDouble voxelSize;
    /** The reason why the file has no usable voxel size, or a warning about the one it has. */
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
     * Opens a volume; its elements are read on demand.
     *
     * @param type mrc, zarr, or null for the format of the file's extension
     * @param option the option that sets the type, for the message about an unknown format
     * @throws CommandFailure if the format is unknown
     */
    static VolumeFile open(CopickContext context, Path file, @Nullable String type, String option) {
        String kind = type != null ? type.toLowerCase(java.util.Locale.ROOT) : ImportFiles.extension(file);
        return switch (kind) {
            case "mrc", "rec", "map", "mrcs", "st", "ali" -> new VolumeFile(MrcFile.open(file));
            case "zarr" -> new VolumeFile(ZarrVolume.open(context, file));
            case "gz", "bz2", "zip", "xz" -> throw ImportFiles.compressed(file, kind);
            case "tif", "tiff", "em" ->
                throw new CommandFailure(file + ": " + kind + " files are not supported; convert it to MRC or Zarr");
            default ->
                throw new CommandFailure(
                        file + ": unknown volume format \"" + kind + "\"; pass " + option + " mrc or zarr");
        };
    }

    /** Returns the volume with all its axes. */
    VolumeData data() {
        return data;
    }

    /**
     * Returns the volume, which must have only the axes z, y and x.
     *
     * @throws CommandFailure when it has channels or time points
     */
    VolumeData spatial(Path file) {
        long[] shape = data.shape();
        if (shape.length > SPATIAL) {
            throw new CommandFailure("cannot import " + file + ": it holds " + shape[0]
                    + " channels or time points, but only one volume with the axes z, y and x can be imported; save"
                    + " each as a file");
        }
        return data;
    }

    /** Returns whether its bytes were read as signed although the range in its header suggests unsigned ones. */
    boolean mayBeUnsigned() {
        return mayBeUnsigned;
    }

    /** Returns the voxel size in Å; empty if the file has no usable one. */
    OptionalDouble voxelSize() {
        return voxelSize;
    }

    /** Returns the voxel size in Å: the given one, or else the file's. */
    double voxelSize(@Nullable Double given, Path file) {
        if (given != null) {
            return given;
        }
        return voxelSize.orElseThrow(() -> {
            String why = voxelSizeNote.orElse("it has no voxel size");
            boolean complete = why.contains("--voxel-size");
            return new CommandFailure(
                    "cannot import " + file + ": " + why + (complete ? "" : "; pass --voxel-size to set it"));
        });
    }

    /** Prints warnings about a volume that is imported nevertheless. */
    void warn(PrintWriter err, @Nullable Double given, Path file) {
        warnings.forEach(warning -> err.println("copick: warning: " + warning));
        if (given == null && voxelSize.isPresent()) {
            voxelSizeNote.ifPresent(
                    note -> err.println("copick: warning: " + file + ": " + note + "; pass --voxel-size to override"));
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
