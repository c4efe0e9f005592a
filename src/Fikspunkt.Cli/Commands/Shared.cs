using System.CommandLine;
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

    public static CsvForm CsvForm(string name) => name switch
    {
        "standard" => Reports.CsvForm.Standard,
        "danish" => Reports.CsvForm.Danish,
        _ => throw new InputException(new InputProblem(Texts.UnknownCsvForm, "--csv", Found: name, Expected: "standard, danish")),
    };
}
