using Confluent.Kafka;

namespace Redactor.Kafka;

/// <summary>librdkafka's errors in words for operators. Its own texts are not used: brokers and token servers may put anything into them.</summary>
internal static class KafkaErrors
{
    /// <summary>An error in our words: <c>no broker can be reached</c>.</summary>
    public static string Describe(ErrorCode code) => code switch
    {
        ErrorCode.Local_AllBrokersDown or ErrorCode.Local_Transport or ErrorCode.BrokerNotAvailable => "no broker can be reached",
        ErrorCode.Local_Resolve => "the host name of a broker is unknown",
        ErrorCode.Local_Ssl => "no TLS connection (a certificate that is not trusted, or clear text on that port)",
        ErrorCode.Local_Authentication or ErrorCode.SaslAuthenticationFailed => "a broker, or the server of its tokens, did not accept the credentials",
        ErrorCode.UnsupportedSaslMechanism => "the brokers do not have this SASL mechanism",
        ErrorCode.TopicAuthorizationFailed or ErrorCode.GroupAuthorizationFailed or ErrorCode.ClusterAuthorizationFailed => "the brokers do not permit this (topic, group or cluster)",
        ErrorCode.UnknownTopicOrPart or ErrorCode.Local_UnknownTopic or ErrorCode.Local_UnknownPartition => "there is no such topic or partition",
        ErrorCode.MsgSizeTooLarge or ErrorCode.RecordListTooLarge => "the record is larger than the broker or producer.max_message_bytes allows",
        ErrorCode.Local_MsgTimedOut or ErrorCode.Local_TimedOut or ErrorCode.RequestTimedOut => "no acknowledgement in time",
        ErrorCode.Local_QueueFull => "too much waits to be sent",
        ErrorCode.NotEnoughReplicas or ErrorCode.NotEnoughReplicasAfterAppend => "too few replicas are in sync",
        ErrorCode.Local_MaxPollExceeded => "the group's coordinator took the partitions away: polling was too slow",
        _ => $"Kafka error {code}",
    };
}
