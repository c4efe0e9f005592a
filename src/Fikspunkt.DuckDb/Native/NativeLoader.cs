using System.Reflection;
using System.Runtime.InteropServices;

namespace Fikspunkt.DuckDb.Native;

/// <summary>Finds DuckDB's library: in the folder that <see cref="FolderVariable"/> names, else beside the program.</summary>
internal static class NativeLoader
{
    /// <summary>The environment variable that overrides the library's folder.</summary>
    public const string FolderVariable = "DUCKDB_NATIVE_FOLDER";

    private static readonly Lazy<nint> Library = new(Load);

    /// <summary>The library's file name on this system.</summary>
    public static string FileName =>
        OperatingSystem.IsWindows() ? "duckdb.dll" : OperatingSystem.IsMacOS() ? "libduckdb.dylib" : "libduckdb.so";

    /// <summary>Loads the library once; every entry into the provider calls it first.</summary>
    /// <exception cref="DuckDbException">There is no library; the message says what to run.</exception>
    public static void EnsureLoaded() => _ = Library.Value;

    private static nint Load()
    {
        var folder = Environment.GetEnvironmentVariable(FolderVariable) is { Length: > 0 } named ? named : AppContext.BaseDirectory;
        var path = Path.Combine(folder, FileName);
        if (!NativeLibrary.TryLoad(path, out var library))
        {
            throw new DuckDbException($"DuckDB's native library {FileName} could not be loaded from {folder}; run 'npm ci' in the folder web and build again.");
        }

        NativeLibrary.SetDllImportResolver(Assembly.GetExecutingAssembly(), (name, _, _) => name == NativeMethods.Library ? library : 0);
        return library;
    }
}
