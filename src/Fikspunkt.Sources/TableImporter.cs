using System.Security.Cryptography;
using System.Text;
using Fikspunkt.Domain;
using Fikspunkt.Sources.Files;
using Fikspunkt.Sources.Mapping;
using Fikspunkt.Store;

namespace Fikspunkt.Sources;

/// <summary>Imports files of statistics into the store.</summary>
/// <remarks>
/// Takes CSV (tidy, wide, and the forms that jobindsats and StatBank export), Excel workbooks, jobindsats' JSON of version 2 and 3, and
/// JSON-stat version 1. Encoding, delimiter, decimal mark and, when none is named, the table are found from the content.
/// </remarks>
public static class TableImporter
{
    /// <summary>Imports the files as one vintage of their table.</summary>
    /// <exception cref="InputException">Anything is wrong with a file; up to 100 faults with their places. The store is as before.</exception>
    public static Vintage Import(ObservationStore store, DefinitionSet definitions, ImportRequest request, CancellationToken cancellationToken = default) =>
        ImportFiles(store, definitions, request, cancellationToken).Vintage;

    /// <summary>Imports the files as one vintage of their table, and says how each was read.</summary>
    /// <exception cref="InputException">Anything is wrong with a file; up to 100 faults with their places. The store is as before.</exception>
    public static ImportResult ImportFiles(ObservationStore store, DefinitionSet definitions, ImportRequest request, CancellationToken cancellationToken = default)
    {
        var reader = new TableReader(definitions);
        var bound = Bind(reader, request, cancellationToken);
        var table = bound[0].Binding.Table;
        var header = new VintageHeader(
            table.Id,
            table.Institution,
            request.Origin ?? string.Join(", ", request.Paths.Select(Path.GetFileName)),
            request.Retrieved,
            HashOf(bound),
            request.Synthetic);
        var files = new List<ImportedFile>();
        var vintage = store.Import(
            header,
            writer =>
            {
                var faults = new FaultList();
                foreach (var file in bound)
                {
                    writer.StartFile(file.File.Name);
                    files.Add(reader.Read(file, writer.Append, faults, cancellationToken));
                }

                faults.ThrowIfAny();
            },
            cancellationToken);
        return new ImportResult(vintage, files);
    }

    private static List<BoundFile> Bind(TableReader reader, ImportRequest request, CancellationToken cancellationToken)
    {
        if (request.Paths.Count == 0)
        {
            throw new InputException(new InputProblem(Texts.FileNotFound));
        }

        var bound = new List<BoundFile>();
        foreach (var path in request.Paths)
        {
            // The first file decides the table of all.
            var table = bound.Count > 0 ? bound[0].Binding.Table.Id : request.Table;
            bound.Add(reader.Bind(InputFile.FromPath(path), table, cancellationToken));
        }

        return bound;
    }

    // One file's hash is that of its bytes, which sha256sum gives too; several files' is the hash of their hashes in order.
    private static string HashOf(List<BoundFile> files) => files.Count == 1
        ? files[0].Scan.Hash
        : Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(string.Concat(files.Select(file => file.Scan.Hash)))));
}

/// <summary>What an import brought.</summary>
/// <param name="Vintage">The new vintage.</param>
/// <param name="Files">How each file was read, in the order given.</param>
public sealed record ImportResult(Vintage Vintage, IReadOnlyList<ImportedFile> Files);
