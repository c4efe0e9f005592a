using System.Runtime.InteropServices;

namespace Fikspunkt.DuckDb.Native;

/// <summary>An open database. Connections of one process to the same file share it, because DuckDB locks the file for one instance.</summary>
internal sealed class SharedDatabase
{
    private static readonly Lock Gate = new();
    private static readonly Dictionary<string, SharedDatabase> ByPath = new(StringComparer.Ordinal);

    private readonly string? path;
    private readonly string options;
    private readonly DatabaseHandle database;
    private int users;

    private SharedDatabase(string? path, string options, DatabaseHandle database) =>
        (this.path, this.options, this.database) = (path, options, database);

    /// <summary>Opens a connection to a file, or to a database in memory of its own when <paramref name="path"/> is <see langword="null"/>.</summary>
    public static ConnectionHandle Connect(string? path, IReadOnlyDictionary<string, string> settings)
    {
        NativeLoader.EnsureLoaded();
        var wanted = string.Join(';', settings.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key}={pair.Value}"));
        var fullPath = path is null ? null : Path.GetFullPath(path);
        lock (Gate)
        {
            SharedDatabase? shared = null;
            if (fullPath is not null && ByPath.TryGetValue(fullPath, out shared) && shared.options != wanted)
            {
                throw new DuckDbException($"{fullPath} is already open in this process with other options ({shared.options}).");
            }

            if (shared is null)
            {
                shared = new SharedDatabase(fullPath, wanted, Open(fullPath, settings));
                if (fullPath is not null)
                {
                    ByPath.Add(fullPath, shared);
                }
            }

            shared.users++;
            if (NativeMethods.Connect(shared.database, out var connection) != 0)
            {
                connection.Dispose();
                shared.Release();
                throw new DuckDbException("DuckDB refused a new connection.");
            }

            connection.Database = shared;
            return connection;
        }
    }

    /// <summary>Gives up one connection's share; the last one closes the database.</summary>
    public void Release()
    {
        lock (Gate)
        {
            if (--users == 0)
            {
                if (path is not null)
                {
                    ByPath.Remove(path);
                }

                database.Dispose();
            }
        }
    }

    private static DatabaseHandle Open(string? path, IReadOnlyDictionary<string, string> settings)
    {
        _ = NativeMethods.CreateConfig(out var config);
        using (config)
        {
            foreach (var (name, value) in settings)
            {
                if (NativeMethods.SetConfig(config, name, value) != 0)
                {
                    throw new DuckDbException($"DuckDB has no option '{name}' that takes '{value}'.");
                }
            }

            if (NativeMethods.Open(path, out var database, config, out var error) != 0)
            {
                database.Dispose();
                var message = Marshal.PtrToStringUTF8(error) ?? "DuckDB could not open the database.";
                NativeMethods.Free(error);
                throw new DuckDbException(message);
            }

            return database;
        }
    }
}
