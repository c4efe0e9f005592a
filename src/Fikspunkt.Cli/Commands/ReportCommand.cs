using System.CommandLine;
using System.Globalization;
using Fikspunkt.Benchmarks;

namespace Fikspunkt.Cli.Commands;

/// <summary><c>fikspunkt report MODEL</c>: the report alone.</summary>
internal static class ReportCommand
{
    public static Command Make(Terminal terminal)
    {
        var model = new Argument<string>("model") { Description = Texts.ModelDescription };
        var data = Shared.Data();
        var store = Shared.Store();
        var period = Shared.Period();
        var file = new Option<string>("--out") { Description = Texts.ReportOutDescription, HelpName = Texts.FilePlace, DefaultValueFactory = _ => Outputs.Report };
        var command = new ExampleCommand("report", Texts.ReportDescription, "fikspunkt report dst-unemployment --data dst-municipalities.csv --out rapport.html") { model, data, store, period, file };
        command.SetAction((parsed, cancellationToken) =>
        {
            var definitions = Models.LoadDefinitions();
            var spec = Models.AtPeriod(Models.Find(definitions, parsed.GetRequiredValue(model)), parsed.GetValue(period));
            BenchmarkData figures = null!;
            BenchmarkRun run = null!;
            string path = null!;
            terminal.Run(
                (Texts.StepRead, () => figures = BenchmarkData.Of(definitions, spec, parsed.GetValue(data), parsed.GetRequiredValue(store), cancellationToken)),
                (Texts.StepCompute, () => run = BenchmarkRunner.Run(spec, definitions, figures.Observations, figures.Vintages)),
                (Texts.StepWrite, () => path = Outputs.WriteReport(run, definitions, parsed.GetRequiredValue(file), CultureInfo.CurrentUICulture)));
            terminal.Out.WriteLine(path);
            return Task.FromResult(ExitCode.Done);
        });
        return command;
    }
}
