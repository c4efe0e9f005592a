using Spectre.Console;

namespace Fikspunkt.Cli;

/// <summary>Where results, remarks and progress go: results to <paramref name="Out"/>, everything else to <paramref name="Error"/>.</summary>
/// <param name="Out">Results only, so that they can be piped.</param>
/// <param name="Error">Progress, remarks and faults.</param>
/// <param name="Interactive">Whether a person watches <paramref name="Error"/>; then progress moves, else it comes as plain lines.</param>
internal sealed record Terminal(TextWriter Out, TextWriter Error, bool Interactive)
{
    public static Terminal Standard { get; } = new(Console.Out, Console.Error, !Console.IsErrorRedirected);

    /// <summary>Runs the steps of a job in order, showing how far it is.</summary>
    public void Run(params IReadOnlyList<(string Title, Action Work)> steps)
    {
        if (!Interactive)
        {
            for (var i = 0; i < steps.Count; i++)
            {
                Error.WriteLine($"[{i + 1}/{steps.Count}] {steps[i].Title} ...");
                steps[i].Work();
            }

            return;
        }

        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Error) });
        console.Progress()
            .Columns(new SpinnerColumn(), new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new ElapsedTimeColumn())
            .Start(context =>
            {
                var overall = context.AddTask(string.Empty, maxValue: steps.Count);
                for (var i = 0; i < steps.Count; i++)
                {
                    overall.Description = Markup.Escape($"[{i + 1}/{steps.Count}] {steps[i].Title}");
                    steps[i].Work();
                    overall.Increment(1);
                }
            });
    }
}
