using Fikspunkt.Domain;
using Fikspunkt.Sources.Files;

namespace Fikspunkt.Sources.Mapping;

/// <summary>Reads files of any form as observations of the tables in the definitions.</summary>
internal sealed class TableReader
{
    private readonly ValueResolver resolver;
    private readonly HeaderFinder finder;

    public TableReader(DefinitionSet definitions)
    {
        resolver = new ValueResolver(definitions);
        finder = new HeaderFinder(definitions, resolver);
    }

    /// <summary>Looks at the file's form and header.</summary>
    /// <exception cref="InputException">The file cannot be read, or no one table fits it.</exception>
    public BoundFile Bind(InputFile file, string? table, CancellationToken cancellationToken) =>
        finder.Find(file, FileScan.Of(file, cancellationToken), table);

    /// <summary>Reads the file's observations. What the sink was given counts for nothing when a fault was added.</summary>
    /// <exception cref="InputException">There are as many faults as are kept.</exception>
    public ImportedFile Read(BoundFile file, ObservationSink sink, FaultList faults, CancellationToken cancellationToken) =>
        new RowMapper(file, resolver, sink, faults).Map(cancellationToken);
}
