using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;

namespace Fikspunkt.Web.Hosting;

/// <summary>Logs as one JSON object a line on standard error. No client address, no query string, no cookie is ever among the values.</summary>
/// <remarks>Lines are written by a thread of their own, so that a request waits for the log only when it falls far behind.</remarks>
internal sealed class Logs : ILoggerProvider
{
    private const int MostWaiting = 4_096;
    private readonly ConcurrentDictionary<string, ILogger> loggers = new(StringComparer.Ordinal);
    private readonly BlockingCollection<string> waiting = new(MostWaiting);
    private readonly Thread writer;

    public Logs(TextWriter? output = null)
    {
        writer = new Thread(() => Write(output ?? new StreamWriter(Console.OpenStandardError()) { AutoFlush = false })) { IsBackground = true, Name = "log" };
        writer.Start();
    }

    public ILogger CreateLogger(string categoryName) => loggers.GetOrAdd(categoryName, name => new Log(name, this));

    /// <summary>Writes what waits.</summary>
    public void Dispose()
    {
        waiting.CompleteAdding();
        writer.Join();
        waiting.Dispose();
    }

    private void Write(TextWriter output)
    {
        foreach (var line in waiting.GetConsumingEnumerable())
        {
            output.WriteLine(line);
            if (waiting.Count == 0)
            {
                output.Flush();
            }
        }

        output.Flush();
    }

    private void Add(string line)
    {
        try
        {
            waiting.Add(line);
        }
        catch (InvalidOperationException)
        {
            // The server has stopped; nobody reads on.
        }
    }

    private sealed class Log(string category, Logs logs) : ILogger
    {
        private readonly bool isOwn = category.StartsWith("Fikspunkt", StringComparison.Ordinal);

        // That a server cannot start is said once, by the command.
        private readonly LogLevel least = category.StartsWith("Fikspunkt", StringComparison.Ordinal) ? LogLevel.Information
            : category == "Microsoft.Extensions.Hosting.Internal.Host" ? LogLevel.None : LogLevel.Warning;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= least && logLevel != LogLevel.None;

        void ILogger.Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (!IsEnabled(logLevel))
            {
                return;
            }

            var line = new JsonObject
            {
                ["time"] = DateTimeOffset.UtcNow.ToString("O", CultureInfo.InvariantCulture),
                ["level"] = logLevel.ToString(),
                ["category"] = category,
                ["message"] = formatter(state, exception),
            };

            // The framework's own values may be addresses of clients; ours are named one by one in the code.
            if (isOwn && state is IEnumerable<KeyValuePair<string, object?>> values)
            {
                foreach (var (name, value) in values)
                {
                    if (name != "{OriginalFormat}")
                    {
                        line[JsonNamingPolicy.CamelCase.ConvertName(name)] = Node(value);
                    }
                }
            }

            if (exception is not null)
            {
                line["exception"] = exception.ToString();
            }

            logs.Add(line.ToJsonString());
        }

        private static JsonNode? Node(object? value) => value switch
        {
            int number => number,
            double number => number,
            _ => Convert.ToString(value, CultureInfo.InvariantCulture),
        };
    }
}
