using System.Globalization;
using System.Reflection;
using Dapper;
using Fikspunkt.Domain;
using Fikspunkt.DuckDb;

namespace Fikspunkt.Store;

/// <summary>Brings a store's tables to the form that this program knows, one numbered file after the other, each in a transaction.</summary>
internal static class Migrator
{
    /// <summary>The embedded files by version: <c>0001-observations.sql</c> is version 1.</summary>
    private static readonly IReadOnlyList<(int Version, string Resource)> Files =
        [.. Assembly.GetExecutingAssembly().GetManifestResourceNames()
            .Where(name => name.EndsWith(".sql", StringComparison.Ordinal))
            .Select(name => (int.Parse(name.AsSpan(0, 4), CultureInfo.InvariantCulture), name))
            .Order()];

    /// <summary>The version that this program knows.</summary>
    public static int KnownVersion => Files[^1].Version;

    /// <summary>Applies what is missing.</summary>
    /// <exception cref="InputException">The store was written by a newer program, or the file is a database of something else.</exception>
    public static void Migrate(DuckDbConnection connection, string path)
    {
        var tables = connection.Query<string>("SELECT table_name FROM information_schema.tables WHERE table_schema = 'main'").ToList();
        if (tables.Count > 0 && !tables.Contains("schema_version"))
        {
            throw new InputException(new InputProblem(Texts.NotAStore, path));
        }

        connection.Execute("CREATE TABLE IF NOT EXISTS schema_version (version INTEGER PRIMARY KEY)");
        var version = connection.ExecuteScalar<int>("SELECT coalesce(max(version), 0) FROM schema_version");
        if (version > KnownVersion)
        {
            throw new InputException(new InputProblem(
                Texts.StoreTooNew, path, Found: version.ToString(CultureInfo.InvariantCulture), Expected: Texts.AtMost.With(KnownVersion)));
        }

        foreach (var file in Files.Where(file => file.Version > version))
        {
            using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(file.Resource)!;
            using var reader = new StreamReader(stream);
            using var transaction = connection.BeginTransaction();
            connection.Execute(reader.ReadToEnd());
            connection.Execute("INSERT INTO schema_version VALUES ($Version)", new { file.Version });
            transaction.Commit();
        }
    }
}
