using System.Runtime.InteropServices;

namespace Fikspunkt.DuckDb.Native;

/// <summary>A pointer that DuckDB gave out and takes back through a function of its own.</summary>
internal abstract class NativeHandle() : SafeHandle(0, ownsHandle: true)
{
    public override bool IsInvalid => handle == 0;

    protected sealed override bool ReleaseHandle()
    {
        Destroy(ref handle);
        return true;
    }

    protected abstract void Destroy(ref nint pointer);
}

internal sealed class ConfigHandle : NativeHandle
{
    protected override void Destroy(ref nint pointer) => NativeMethods.DestroyConfig(ref pointer);
}

internal sealed class DatabaseHandle : NativeHandle
{
    protected override void Destroy(ref nint pointer) => NativeMethods.Close(ref pointer);
}

/// <summary>A connection; gives back its share of the database when it goes.</summary>
internal sealed class ConnectionHandle : NativeHandle
{
    public SharedDatabase? Database { get; set; }

    protected override void Destroy(ref nint pointer)
    {
        NativeMethods.Disconnect(ref pointer);
        Database?.Release();
    }
}

internal sealed class ExtractedHandle : NativeHandle
{
    protected override void Destroy(ref nint pointer) => NativeMethods.DestroyExtracted(ref pointer);
}

internal sealed class StatementHandle : NativeHandle
{
    protected override void Destroy(ref nint pointer) => NativeMethods.DestroyPrepare(ref pointer);
}

internal sealed class PendingHandle : NativeHandle
{
    protected override void Destroy(ref nint pointer) => NativeMethods.DestroyPending(ref pointer);
}

internal sealed class ValueHandle : NativeHandle
{
    protected override void Destroy(ref nint pointer) => NativeMethods.DestroyValue(ref pointer);
}

internal sealed class LogicalTypeHandle : NativeHandle
{
    protected override void Destroy(ref nint pointer) => NativeMethods.DestroyLogicalType(ref pointer);
}

internal sealed class ChunkHandle : NativeHandle
{
    protected override void Destroy(ref nint pointer) => NativeMethods.DestroyChunk(ref pointer);
}

internal sealed class AppenderHandle : NativeHandle
{
    // What was flushed has been reported already; what was not is given up on purpose.
    protected override void Destroy(ref nint pointer) => _ = NativeMethods.DestroyAppender(ref pointer);
}

/// <summary>A result, whose struct lives in memory of our own.</summary>
internal sealed unsafe class ResultHandle : NativeHandle
{
    public ResultHandle() => SetHandle((nint)NativeMemory.AllocZeroed((nuint)sizeof(NativeResult)));

    public NativeResult* Pointer => (NativeResult*)handle;

    protected override void Destroy(ref nint pointer)
    {
        NativeMethods.DestroyResult((NativeResult*)pointer);
        NativeMemory.Free((void*)pointer);
    }
}
