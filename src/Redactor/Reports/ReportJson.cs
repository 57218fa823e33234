using System.Text.Encodings.Web;
using System.Text.Json;

namespace Redactor.Reports;

/// <summary>What the JSON forms share.</summary>
internal static class ReportJson
{
    /// <summary>For people and tools, never for a web page: only what JSON itself asks for is escaped.</summary>
    public static JsonWriterOptions Options { get; } = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
