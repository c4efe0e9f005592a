using System.CommandLine;
using System.Globalization;
using Fikspunkt.Benchmarks.Publications;
using Fikspunkt.Domain;
using Fikspunkt.Reports;

namespace Fikspunkt.Cli.Commands;

/// <summary>Options that several commands share.</summary>
internal static class Shared
{
    public static Option<string> Store() => new("--store") { Description = Texts.StoreDescription, HelpName = Texts.FilePlace, DefaultValueFactory = _ => Stores.DefaultPath };

    public static Option<bool> Json() => new("--json") { Description = Texts.JsonDescription };

    public static Option<string[]> Data() => new("--data") { Description = Texts.DataDescription, HelpName = Texts.PathPlace, AllowMultipleArgumentsPerToken = true };

    public static Option<string> Period() => new("--period") { Description = Texts.PeriodDescription, HelpName = Texts.PeriodPlace };

    public static Option<string> Csv() => new("--csv") { Description = Texts.CsvDescription, HelpName = "standard|danish", DefaultValueFactory = _ => "standard" };

    public static Option<int> HideUpTo() => new("--hide-up-to") { Description = Texts.HideDescription, HelpName = "1-4", DefaultValueFactory = _ => SmallNumbers.DefaultLargest };

    /// <summary>The largest count that is hidden.</summary>
    /// <exception cref="InputException">It is not 1-4.</exception>
    public static int Checked(int largestHidden) => largestHidden is >= 1 and <= 4
        ? largestHidden
        : throw new InputException(new InputProblem(Texts.HideWrong, "--hide-up-to", Found: largestHidden.ToString(CultureInfo.InvariantCulture), Expected: "1-4"));

    public static CsvForm CsvForm(string name) => name switch
    {
        "standard" => Reports.CsvForm.Standard,
        "danish" => Reports.CsvForm.Danish,
        _ => throw new InputException(new InputProblem(Texts.UnknownCsvForm, "--csv", Found: name, Expected: "standard, danish")),
    };
}
