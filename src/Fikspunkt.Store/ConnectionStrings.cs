using System.Data.Common;

namespace Fikspunkt.Store;

/// <summary>How the store talks to DuckDB: without fetching anything from the net.</summary>
internal static class ConnectionStrings
{
    /// <summary>For a database in a file, or <c>:memory:</c>.</summary>
    public static string For(string path) => new DbConnectionStringBuilder
    {
        ["Data Source"] = path,
        ["autoinstall_known_extensions"] = "false",
        ["autoload_known_extensions"] = "false",
    }.ConnectionString;
}
