using Confluent.Kafka;
using Redactor.Kafka;

namespace Redactor.Forward.Kafka;

/// <summary>What a record's delivery, or its failure, means for the payload.</summary>
internal static class KafkaOutcome
{
    public static ExportOutcome Of(ErrorCode code, string exporter)
    {
        var message = $"{exporter}: {KafkaErrors.Describe(code)}";
        return code switch
        {
            ErrorCode.NoError => ExportOutcome.Success,
            ErrorCode.MsgSizeTooLarge or ErrorCode.RecordListTooLarge => new ExportOutcome.Refused(Refusal.BackendTooLarge, message),
            ErrorCode.InvalidRecord or ErrorCode.InvalidMsg or ErrorCode.PolicyViolation => new ExportOutcome.Refused(Refusal.BackendRefused, message),
            ErrorCode.TopicAuthorizationFailed or ErrorCode.ClusterAuthorizationFailed => new ExportOutcome.Refused(Refusal.PermissionDenied, message),
            ErrorCode.Local_Authentication or ErrorCode.SaslAuthenticationFailed => new ExportOutcome.Refused(Refusal.Unauthenticated, message),
            _ => new ExportOutcome.Retryable(message),
        };
    }
}
