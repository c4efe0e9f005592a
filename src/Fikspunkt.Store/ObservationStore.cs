using System.Diagnostics;
using Fikspunkt.Domain;
using Fikspunkt.DuckDb;
using Fikspunkt.Store.Importing;

namespace Fikspunkt.Store;

/// <summary>All observations, by vintage, in one file.</summary>
/// <remarks>
/// A vintage is there whole or not at all, whenever the process ends. One process at a time has the file open; within it
/// the store may be used from several threads, which then wait for each other.
/// </remarks>
public sealed class ObservationStore : IDisposable
{
    private static readonly TimeSpan BetweenTries = TimeSpan.FromMilliseconds(100);
    private readonly Lock gate = new();
    private readonly DuckDbConnection connection;

    private ObservationStore(DuckDbConnection connection) => this.connection = connection;

    /// <summary>Opens the store; makes it, and its folder, when it does not exist, and brings an older one up to date.</summary>
    /// <exception cref="InputException">Another process has the store open; or the file is no store, or one of a newer program.</exception>
    public static ObservationStore Open(string path)
    {
        try
        {
            if (!File.Exists(path))
            {
                Make(path);
            }

            return new ObservationStore(OpenFile(path));
        }
        catch (Exception exception) when (exception is DuckDbException or IOException or UnauthorizedAccessException)
        {
            throw new InputException(OpeningProblem(path, exception.Message), exception);
        }
    }

    /// <summary>Opens the store as <see cref="Open"/> does; while another process has it open, tries again until patience is at its end.</summary>
    /// <remarks>A server has a store open for the second or less in which it reads it, an import for as long as it writes.</remarks>
    /// <param name="path">The store.</param>
    /// <param name="patience">How long to try.</param>
    /// <param name="waiting">Called once, when there is something to wait for.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="InputException">As of <see cref="Open"/>.</exception>
    /// <exception cref="OperationCanceledException">The token asked to stop.</exception>
    public static ObservationStore OpenWhenFree(string path, TimeSpan patience, Action waiting, CancellationToken cancellationToken = default)
    {
        for (long? began = null; ;)
        {
            try
            {
                return Open(path);
            }
            catch (InputException taken) when (taken.InnerException is { } inner && IsInUse(inner.Message) && (began is not { } since || Stopwatch.GetElapsedTime(since) < patience))
            {
                if (began is null)
                {
                    began = Stopwatch.GetTimestamp();
                    waiting();
                }
            }

            cancellationToken.WaitHandle.WaitOne(BetweenTries);
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    /// <summary>Makes an empty store beside its place and moves it there: a database file that is half written cannot be opened.</summary>
    private static void Make(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        var temporary = $"{path}.{Guid.NewGuid():N}.new";
        try
        {
            OpenFile(temporary).Dispose();
            File.Move(temporary, path);
        }
        catch (IOException) when (File.Exists(path))
        {
            // Another process was first; its store is as good.
        }
        finally
        {
            File.Delete(temporary);
            File.Delete(temporary + ".wal");
        }
    }

    private static DuckDbConnection OpenFile(string path)
    {
        var opening = new DuckDbConnection(new System.Data.Common.DbConnectionStringBuilder { ["Data Source"] = path }.ConnectionString);
        try
        {
            opening.Open();
            Migrator.Migrate(opening, path);
            return opening;
        }
        catch
        {
            opening.Dispose();
            throw;
        }
    }

    /// <summary>Adds a vintage of the rows that <paramref name="fill"/> appends. Nothing changes when it throws.</summary>
    /// <returns>The new vintage; <see cref="Vintage.SameValuesAs"/> says whether the table's values were there already.</returns>
    /// <exception cref="InputException">Two rows have the same key (both lines are named), or a row cannot be kept; up to 100 faults.</exception>
    /// <exception cref="OperationCanceledException">The token asked to stop.</exception>
    public Vintage Import(VintageHeader header, Action<ObservationWriter> fill, CancellationToken cancellationToken = default)
    {
        var writer = new ObservationWriter(header.Origin, cancellationToken);
        fill(writer);
        var rows = SortedRows.Of(writer, cancellationToken);
        lock (gate)
        {
            return VintageWriter.Write(connection, header, rows, cancellationToken);
        }
    }

    /// <summary>Every vintage, in the order of import, or those of one table.</summary>
    public IReadOnlyList<Vintage> Vintages(string? table = null)
    {
        lock (gate)
        {
            return VintageRows.All(connection).Where(vintage => table is null || vintage.Table == table).ToList();
        }
    }

    /// <summary>The vintage with the id.</summary>
    /// <exception cref="InputException">There is none.</exception>
    public Vintage Vintage(int id) =>
        Vintages().FirstOrDefault(vintage => vintage.Id == id)
        ?? throw new InputException(new InputProblem(Texts.NoSuchVintage, Found: id.ToString(System.Globalization.CultureInfo.InvariantCulture)));

    /// <summary>The newest vintage of a table, or <see langword="null"/> when the table was never imported.</summary>
    public Vintage? Latest(string table) => Vintages(table) is [.., var newest] ? newest : null;

    /// <summary>A vintage's observations that pass the filter, ordered by indicator, breakdown, area (ordinal) and period.</summary>
    /// <exception cref="InputException">There is no such vintage.</exception>
    public IReadOnlyList<Observation> Read(int vintageId, ObservationFilter? filter = null)
    {
        var vintage = Vintage(vintageId);
        lock (gate)
        {
            return ObservationReader.Read(connection, vintage, filter ?? ObservationFilter.All);
        }
    }

    /// <summary>What changed from one vintage of a table to another.</summary>
    /// <exception cref="InputException">There is no such vintage, or the two are of different tables.</exception>
    public VintageDiff Diff(int beforeId, int afterId)
    {
        var (before, after) = (Vintage(beforeId), Vintage(afterId));
        if (before.Table != after.Table)
        {
            throw new InputException(new InputProblem(Texts.DifferentTables, Found: after.Table, Expected: before.Table));
        }

        lock (gate)
        {
            return VintageDiff.Of(connection, gate, before, after);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => connection.Dispose();

    private static bool IsInUse(string message) => message.Contains("Could not set lock on file", StringComparison.Ordinal) || message.Contains("being used by another process", StringComparison.Ordinal);

    private static InputProblem OpeningProblem(string path, string message) => message switch
    {
        _ when IsInUse(message) => new InputProblem(Texts.StoreInUse, path),
        _ when message.Contains("not a valid DuckDB database file", StringComparison.Ordinal) => new InputProblem(Texts.NotAStore, path),
        _ => new InputProblem(Texts.StoreCannotOpen, path, Found: message),
    };
}

/// <summary>Which observations to read; an empty or missing list lets all through.</summary>
/// <param name="Indicators">Indicator ids.</param>
/// <param name="Breakdowns">Canonical breakdowns.</param>
/// <param name="Areas">Area codes.</param>
/// <param name="Periods">Periods.</param>
public sealed record ObservationFilter(
    IReadOnlyCollection<string>? Indicators = null,
    IReadOnlyCollection<string>? Breakdowns = null,
    IReadOnlyCollection<string>? Areas = null,
    IReadOnlyCollection<Period>? Periods = null)
{
    /// <summary>Lets everything through.</summary>
    public static readonly ObservationFilter All = new();
}
