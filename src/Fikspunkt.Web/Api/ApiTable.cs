using Fikspunkt.Benchmarks;
using Fikspunkt.Store;
using NodaTime.Text;

namespace Fikspunkt.Web.Api;

/// <summary>What a column of an answer holds.</summary>
internal enum ApiType
{
    Text,
    Integer,
    Number,
    Boolean,

    /// <summary>Several texts: a list in JSON, with spaces between in CSV.</summary>
    List,
}

/// <summary>A column of an answer; its name never changes within a version of the API.</summary>
/// <param name="Id">Its name.</param>
/// <param name="Type">What it holds.</param>
/// <param name="Description">What it means, in English, for the document that describes the API.</param>
internal sealed record ApiColumn(string Id, ApiType Type, string Description);

/// <summary>Where figures come from.</summary>
/// <param name="Id">The vintage's id: its table and the first characters of its value hash.</param>
/// <param name="Table">Source table.</param>
/// <param name="Source">Who publishes it.</param>
/// <param name="Retrieved">When it was read, ISO 8601 UTC.</param>
/// <param name="ValueHash">SHA-256 of the values.</param>
/// <param name="Synthetic">Whether it is made up.</param>
internal sealed record ApiSource(string Id, string Table, string Source, string Retrieved, string ValueHash, bool Synthetic)
{
    public static ApiSource Of(Vintage vintage) =>
        new(IdOf(vintage), vintage.Table, vintage.Source, InstantPattern.General.Format(vintage.Retrieved), vintage.ValueHash, vintage.Synthetic);

    public static ApiSource Of(VintageReference vintage) =>
        new(vintage.Id, vintage.Table, vintage.Source, vintage.Retrieved, vintage.ValueHash, vintage.Synthetic);

    public static string IdOf(Vintage vintage) => $"{vintage.Table}-{vintage.ValueHash[..12]}";
}

/// <summary>An answer: a part of the rows that a question has.</summary>
/// <param name="Columns">Columns.</param>
/// <param name="Total">Rows that the question has in all.</param>
/// <param name="Rows">The rows of this part, made as they are read: <see cref="string"/>, <see cref="int"/>, <see cref="long"/>, <see cref="double"/> (not finite = none), <see cref="decimal"/>, <see cref="bool"/>, a list of texts, or <see langword="null"/>.</param>
/// <param name="Sources">Where the figures come from; empty for definitions.</param>
internal sealed record ApiTable(IReadOnlyList<ApiColumn> Columns, int Total, IEnumerable<object?[]> Rows, IReadOnlyList<ApiSource> Sources)
{
    /// <summary>An answer of few rows, of which the asked part is taken.</summary>
    public static ApiTable Of(IReadOnlyList<ApiColumn> columns, ApiChoices choices, IReadOnlyList<object?[]> rows, IReadOnlyList<ApiSource>? sources = null) =>
        new(columns, rows.Count, rows.Skip(choices.Offset).Take(choices.Limit), sources ?? []);
}
